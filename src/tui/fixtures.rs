//! Situations for the tests, built so that they read as sentences: `Shop::opened().signed_in().matrix(half_ready())`.

use ratatui::layout::Size;
use time::{Duration, OffsetDateTime};

use super::effect::{Effect, TaskId};
use super::keymap::Intent;
use super::model::{Load, Model, Step};
use super::msg::{Done, Msg, Typed};
use super::update::update;
use crate::finding::{Finding, Remedy};
use crate::onboard::{Opened, ProfileChoice, SignedIn, TokenRow};
use crate::profile::Need;
use crate::resolve::{Cell, MATRIX_VERSION, Matrix, NoValue, Origin, ServiceRow, Status, Try};
use crate::secret::Mask;
use crate::seed::{
    Change, FileOutcome, FilePreview, FileReport, FileState, Line, PREVIEW_VERSION, Preview, REPORT_VERSION,
    Report, Shown,
};
use crate::sso::{Account, Choice, DeviceCode, Role};

/// The moment all fixtures share.
pub fn noon() -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::days(20_000) + Duration::hours(12)
}

/// A model on its way through the walk.
pub struct Shop(pub Model);

impl Shop {
    pub fn new() -> Self {
        Self(Model::new(Size { width: 120, height: 40 }, noon()))
    }

    pub fn opened() -> Self {
        let mut shop = Self::new();
        shop.0.facts.profiles = Load::Ready(profiles());
        shop.0.facts.opened = Load::Ready(opened());
        shop
    }

    pub fn at(mut self, step: Step) -> Self {
        self.0.at = step;
        self
    }

    pub fn sized(mut self, width: u16, height: u16) -> Self {
        self.0.window.size = Size { width, height };
        self
    }

    pub fn waiting_for_approval(mut self) -> Self {
        let id = self.0.tasks.next();
        self.0.facts.session = Load::Busy(id);
        self.0.screens.sign_in.wait(code());
        self.at(Step::SignIn)
    }

    pub fn signed_in(mut self) -> Self {
        self.0.facts.session = Load::Ready(signed_in());
        self
    }

    pub fn choosing_an_account(mut self) -> Self {
        self.0.facts.accounts = Load::Ready(accounts());
        self.signed_in().at(Step::Role)
    }

    pub fn with_role(mut self) -> Self {
        self.0.facts.choice = Load::Ready(choice());
        self
    }

    pub fn matrix(mut self, matrix: Matrix) -> Self {
        let id = self.0.tasks.next();
        self.0.facts.matrix = Load::Busy(id);
        update(&mut self.0, Msg::Finished(id, Done::Matrix(Ok(matrix))));
        self.at(Step::Matrix)
    }

    pub fn previewed(mut self) -> Self {
        let id = self.0.tasks.next();
        self.0.facts.preview = Load::Busy(id);
        update(&mut self.0, Msg::Finished(id, Done::Planned(Ok(preview()))));
        self.at(Step::Preview)
    }

    pub fn written(mut self) -> Self {
        self.0.facts.report = Load::Ready(report());
        self
    }

    pub fn in_the_demo(mut self) -> Self {
        self.0.facts.banner = Some("demo: a sandbox, nothing real is touched".into());
        self.0.facts.removal = Some("devsecrets demo --clean".into());
        self.0.facts.can_approve = true;
        self
    }

    pub fn pressed(mut self, intents: &[Intent]) -> Self {
        for intent in intents {
            self.press(*intent);
        }
        self
    }

    pub fn press(&mut self, intent: Intent) -> Vec<Effect> {
        update(&mut self.0, Msg::Press(intent))
    }

    pub fn typed(mut self, text: &str) -> Self {
        for c in text.chars() {
            self.press(Intent::Insert(Typed(c)));
        }
        self
    }

    /// Answers the one job these effects start.
    pub fn answer(&mut self, effects: &[Effect], done: Done) -> Vec<Effect> {
        update(&mut self.0, Msg::Finished(task(effects), done))
    }
}

/// The task the only effect starts.
pub fn task(effects: &[Effect]) -> TaskId {
    match effects {
        [Effect::Start(id, _)] | [_, Effect::Start(id, _)] => *id,
        other => panic!("no task in {other:?}"),
    }
}

/// A whole day: everything read, written and kept.
pub fn done() -> Shop {
    Shop::opened().signed_in().with_role().matrix(all_ready()).previewed().written().at(Step::Summary)
}

pub fn trouble() -> Finding {
    Finding::error(
        "DS-SSO-04",
        "https://acme.awsapps.com/start",
        "the code was denied on the sign-in page",
        Remedy::run("ask for a new code and approve it", "devsecrets login"),
    )
}

pub fn profiles() -> Vec<ProfileChoice> {
    let choice = |name: &str, title: &str, services, variables| ProfileChoice {
        name: name.into(),
        title: title.into(),
        about: Some("Backend, messaging, media, search and events, each with its own env file".into()),
        from: "bundled".into(),
        services,
        variables,
        problem: None,
    };
    let broken = Finding::error(
        "DS-PROFILE-01",
        "devsecrets.toml:12:3",
        "unknown key `requird`; did you mean `required`?",
        Remedy::run("see every problem with its line", "devsecrets profile lint"),
    );
    vec![
        choice("platform", "Platform API and workers", 2, 28),
        choice("services", "Commerce services", 5, 14),
        choice("pegasus", "Pegasus", 4, 5),
        ProfileChoice {
            problem: Some(broken),
            from: "./devsecrets.toml".into(),
            ..choice("local", "Local", 0, 0)
        },
    ]
}

pub fn opened() -> Opened {
    Opened {
        profile: "services".into(),
        title: "Commerce services".into(),
        root: "/home/dev/shop".into(),
        environment: "development".into(),
        start_url: Some("https://acme.awsapps.com/start".into()),
        seeds_files: true,
        production_accounts: vec!["444455556666".into()],
        tokens: vec![token()],
    }
}

pub fn token() -> TokenRow {
    TokenRow {
        name: "linear".into(),
        title: "Linear API key".into(),
        page: Some("https://linear.app/settings/account/security".into()),
        scopes: vec!["read".into(), "write".into()],
        shape: Some("lin_api_[A-Za-z0-9]{8}".into()),
        file: Some(".env.linear".into()),
        kept: Some(false),
    }
}

pub fn code() -> DeviceCode {
    DeviceCode {
        user_code: "WDJB-MJHT".into(),
        page: "https://acme.awsapps.com/start/#/device".into(),
        page_with_code: "https://acme.awsapps.com/start/#/device?user_code=WDJB-MJHT".into(),
        expires_at: noon() + Duration::seconds(9 * 60 + 41),
    }
}

pub fn signed_in() -> SignedIn {
    SignedIn { expires_at: noon() + Duration::minutes(460), warning: None }
}

pub fn accounts() -> Vec<Account> {
    let account = |id: &str, name: &str| Account { id: id.into(), name: name.into(), email: None };
    vec![
        account("111122223333", "Acme Development"),
        account("444455556666", "Acme Production"),
        account("777788889999", "Acme Staging"),
    ]
}

pub fn roles() -> Vec<Role> {
    ["Developer", "ReadOnly"].map(|name| Role { account_id: "111122223333".into(), name: name.into() }).into()
}

pub fn choice() -> Choice {
    Choice {
        account_id: "111122223333".into(),
        account_name: "Acme Development".into(),
        role_name: "Developer".into(),
    }
}

pub fn cell(variable: &str, status: Status, origin: Option<Origin>) -> Cell {
    Cell {
        variable: variable.into(),
        about: None,
        need: Need::Required,
        secret: true,
        status,
        origin,
        at: None,
        problem: None,
        next: None,
        tried: Vec::new(),
    }
}

fn ready(variable: &str, origin: Origin) -> Cell {
    cell(variable, Status::Ready, Some(origin))
}

fn aws() -> Origin {
    Origin::Store("aws".into())
}

fn service(name: &str, path: &str, start: &str, cells: Vec<Cell>) -> ServiceRow {
    ServiceRow {
        service: name.into(),
        about: None,
        path: path.into(),
        env_file: Some(format!("{path}/.env")),
        ready: !cells.iter().any(|cell| cell.status.stops()),
        start: Some(start.into()),
        cells,
    }
}

fn matrix(services: Vec<ServiceRow>) -> Matrix {
    Matrix {
        version: MATRIX_VERSION,
        profile: "services".into(),
        title: "Commerce services".into(),
        environment: "development".into(),
        ready: services.iter().filter(|row| row.ready).count(),
        services,
    }
}

fn missing() -> Cell {
    let none = |id: &str| NoValue::NoSuchKey { id: id.into() };
    Cell {
        about: Some("Master key of the search cluster".into()),
        problem: Some("no source has a value".into()),
        next: Some("ask the search team in #search, or add it to agent9-search/development".into()),
        tried: vec![
            Try { origin: Origin::File, why: NoValue::Unset },
            Try { origin: aws(), why: none("agent9-search/development") },
        ],
        ..cell("TYPESENSE_API_KEY", Status::Missing, None)
    }
}

fn blocked() -> Cell {
    Cell {
        about: Some("Signs upload links".into()),
        problem: Some("AWS did not let this role read services/media/development".into()),
        next: Some("ask for secretsmanager:GetSecretValue on it, or choose another role".into()),
        ..cell("S3_SECRET_ACCESS_KEY", Status::Blocked, None)
    }
}

pub fn half_ready() -> Matrix {
    let optional = Cell { need: Need::Optional, ..cell("REDIS_URL", Status::Unset, None) };
    let plain = Cell {
        secret: false,
        problem: Some("`*` lets every site call media".into()),
        next: Some("name the origins you use in services/media/.env".into()),
        ..cell("CORS_ORIGIN", Status::Invalid, Some(Origin::File))
    };
    matrix(vec![
        service(
            "backend",
            "backend",
            "npm run dev",
            vec![
                Cell { about: Some("Signs session tokens".into()), ..ready("JWT_SECRET", Origin::Generated) },
                ready("OTP_PEPPER", Origin::Generated),
                optional,
            ],
        ),
        service("messaging", "messaging", "npm start", vec![ready("JWT_SECRET", Origin::Generated)]),
        service(
            "media",
            "services/media",
            "npm start",
            vec![plain, ready("S3_BUCKET", Origin::Default), ready("S3_ACCESS_KEY_ID", aws()), blocked()],
        ),
        service(
            "search",
            "agent9-search",
            "npm start",
            vec![ready("TYPESENSE_PROTOCOL", Origin::Default), missing()],
        ),
        service(
            "events",
            "events_service",
            "uvicorn main:app",
            vec![
                ready("EVENTS_DATABASE_URL", aws()),
                ready("EVENTS_SECRET_KEY", Origin::Keychain),
                cell("JWT_SECRET", Status::Absent, None),
            ],
        ),
    ])
}

pub fn all_ready() -> Matrix {
    let services = half_ready().services.into_iter().map(|row| {
        let cells = row.cells.into_iter().filter(|cell| !cell.status.stops()).collect();
        service(&row.service, &row.path, row.start.as_deref().unwrap_or_default(), cells)
    });
    matrix(services.collect())
}

fn line(name: &str, change: Change, chars: usize, origin: Origin) -> Line {
    Line {
        name: name.into(),
        change,
        value: Some(Shown::Masked(Mask { chars })),
        origin: Some(origin),
        note: None,
    }
}

fn file(path: &str, service: Option<&str>, state: FileState, lines: Vec<Line>) -> FilePreview {
    FilePreview { path: path.into(), service: service.map(str::to_owned), state, lines, findings: Vec::new() }
}

pub fn preview() -> Preview {
    let ignored = Line {
        name: "/backend/.env".into(),
        change: Change::Add,
        value: None,
        origin: None,
        note: Some("keeps it out of git".into()),
    };
    let plain = |name: &str, text: &str, change| Line {
        value: Some(Shown::Plain(text.into())),
        ..line(name, change, 0, Origin::Default)
    };
    let lack = Line {
        value: None,
        origin: None,
        note: Some("ask the search team in #search".into()),
        ..line("TYPESENSE_API_KEY", Change::Lack, 0, aws())
    };
    let tracked = Finding::error(
        "DS-FILE-03",
        "events_service/.env",
        "git tracks this file, so what is written there would be committed",
        Remedy::run("stop tracking it", "git rm --cached events_service/.env"),
    );
    Preview {
        version: PREVIEW_VERSION,
        profile: "services".into(),
        environment: "development".into(),
        files: vec![
            file(".gitignore", None, FileState::Update, vec![ignored]),
            file(
                "backend/.env",
                Some("backend"),
                FileState::Create,
                vec![
                    line("JWT_SECRET", Change::Add, 64, Origin::Generated),
                    line("OTP_PEPPER", Change::Add, 64, Origin::Generated),
                ],
            ),
            file(
                "services/media/.env",
                Some("media"),
                FileState::Update,
                vec![
                    plain("S3_BUCKET", "media-development", Change::Add),
                    plain("CORS_ORIGIN", "http://localhost:5173", Change::Keep),
                    line("S3_ACCESS_KEY_ID", Change::Replace, 20, aws()),
                    line("S3_ENDPOINT", Change::Same, 21, Origin::Default),
                ],
            ),
            file(
                "agent9-search/.env",
                Some("search"),
                FileState::Create,
                vec![plain("TYPESENSE_PROTOCOL", "https", Change::Add), lack],
            ),
            FilePreview {
                findings: vec![tracked],
                ..file(
                    "events_service/.env",
                    Some("events"),
                    FileState::Refused,
                    vec![line("EVENTS_SECRET_KEY", Change::Refuse, 48, Origin::Keychain)],
                )
            },
            file(
                "messaging/.env",
                Some("messaging"),
                FileState::Unchanged,
                vec![line("JWT_SECRET", Change::Same, 64, Origin::Generated)],
            ),
        ],
        findings: Vec::new(),
    }
}

pub fn report() -> Report {
    let report = |path: &str, outcome, written| FileReport {
        path: path.into(),
        service: None,
        outcome,
        written,
        finding: None,
    };
    let refused = preview().files.into_iter().flat_map(|file| file.findings).next();
    Report {
        version: REPORT_VERSION,
        profile: "services".into(),
        environment: "development".into(),
        files: vec![
            report(".gitignore", FileOutcome::Updated, 1),
            report("backend/.env", FileOutcome::Created, 2),
            report("services/media/.env", FileOutcome::Updated, 2),
            report("agent9-search/.env", FileOutcome::Created, 1),
            FileReport { finding: refused, ..report("events_service/.env", FileOutcome::Refused, 0) },
            report("messaging/.env", FileOutcome::Unchanged, 0),
        ],
    }
}
