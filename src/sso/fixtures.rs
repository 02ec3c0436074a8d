//! For the room's tests: a person with a home folder, a sandbox to sign in to, and every round trip counted.

use std::time::Duration;

use time::OffsetDateTime;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::*;
use crate::sandbox::{Lifetimes, Operation, Sandbox, World};
use crate::settings::Settings;

pub fn session() -> SessionName {
    SessionName {
        session: "corp".to_owned(),
        start_url: "https://acme.awsapps.com/start".to_owned(),
        region: "eu-west-2".to_owned(),
    }
}

pub struct Scene {
    pub home: tempfile::TempDir,
    pub sandbox: Sandbox,
}

impl Scene {
    /// Where every sign-in is approved at once.
    pub async fn new(world: World) -> Self {
        Self::asking(world.auto_approve()).await
    }

    /// Where a person has to approve, unless `world` says otherwise.
    pub async fn asking(world: World) -> Self {
        let world = world.start_url(session().start_url);
        Self { home: tempfile::tempdir().unwrap(), sandbox: Sandbox::start(world).await.unwrap() }
    }

    pub fn settings(&self) -> Settings {
        let bare = Settings::bare("/", self.home.path());
        self.sandbox.environment().into_iter().fold(bare, |all, (name, url)| all.with(&name, url))
    }

    pub fn oidc(&self) -> oidc::Oidc {
        oidc::Oidc::open(&self.settings(), &session()).unwrap()
    }

    /// By device code, as where nobody is at the terminal.
    pub async fn signs_in(&self) -> Result<Token, SsoError> {
        let (_commands, heard) = unbounded_channel();
        let granted = sign_in(&self.settings(), &session(), Wish::default(), heard, drop).await;
        granted.map(|granted| granted.token)
    }

    pub async fn current(&self) -> Option<Token> {
        let found = current(&self.settings(), &session(), OffsetDateTime::now_utc()).await.unwrap();
        found.map(|granted| granted.token)
    }

    /// Calls of registration, start and token.
    pub fn calls(&self) -> [usize; 3] {
        let counted =
            [Operation::RegisterClient, Operation::StartDeviceAuthorization, Operation::CreateToken];
        counted.map(|operation| self.sandbox.count(operation))
    }
}

/// A sign-in with the browser, steered by its events and commands.
pub struct Steered {
    pub commands: UnboundedSender<Command>,
    pub events: tokio::sync::mpsc::UnboundedReceiver<Event>,
    pub ended: tokio::task::JoinHandle<Result<Granted, SsoError>>,
}

impl Steered {
    pub fn begin(settings: Settings, wish: Wish) -> Self {
        let (commands, heard) = unbounded_channel();
        let (tell, events) = unbounded_channel();
        let ended = tokio::spawn(async move {
            sign_in(&settings, &session(), wish, heard, |event| drop(tell.send(event))).await
        });
        Self { commands, events, ended }
    }

    /// The next prompt; what is heard before it is dropped.
    pub async fn prompt(&mut self) -> Prompt {
        loop {
            match self.events.recv().await {
                Some(Event::Prompt(prompt)) => return prompt,
                Some(_) => {}
                None => panic!("it ended without a prompt"),
            }
        }
    }

    pub async fn event(&mut self) -> Event {
        self.events.recv().await.unwrap()
    }

    pub async fn ends(self) -> Result<Granted, SsoError> {
        tokio::time::timeout(Duration::from_secs(60), self.ended).await.unwrap().unwrap()
    }
}

/// With the browser, which nobody starts.
pub fn browser() -> Wish {
    Wish { method: Some(Method::Browser), no_browser: true }
}

/// Tokens so short that they are near their end at once.
pub fn short_lived() -> World {
    World::new().lifetimes(Lifetimes { token: Duration::from_secs(300), ..Lifetimes::default() })
}

/// One GET as a browser sends it: status line, headers and body in one text.
pub async fn get(url: &str) -> String {
    let host = url.trim_start_matches("http://").split('/').next().unwrap();
    get_as(url, host).await
}

/// The same, with another name in `Host`.
pub async fn get_as(url: &str, host: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let (at, path) = url.trim_start_matches("http://").split_once('/').unwrap();
    let Ok(mut stream) = tokio::net::TcpStream::connect(at).await else { return String::new() };
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    // A closed port is an answer, too.
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

/// Follows the redirect of the sandbox's page to us, as a browser does; what we answered.
pub async fn browse(page: &str) -> String {
    let back = redirected(&get(page).await);
    get(&back).await
}

/// Where an answer leads.
pub fn redirected(answer: &str) -> String {
    let line = answer.lines().find(|line| line.to_lowercase().starts_with("location: "));
    line.unwrap_or_else(|| panic!("no redirect in {answer}"))["location: ".len()..].to_owned()
}
