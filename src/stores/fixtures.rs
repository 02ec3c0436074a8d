//! What the stores' tests have in common: an organisation, and the line a signed-in developer has to it.

use super::{Answers, AwsLine, Miss};
use crate::aws::Service;
use crate::sandbox::{Sandbox, World};
use crate::settings::Settings;
use crate::sso::{Portal, SessionName, Wish, sign_in};

pub const ACCOUNT: &str = "111122223333";
const START_URL: &str = "https://acme.awsapps.com/start";

pub fn world() -> World {
    World::new()
        .start_url(START_URL)
        .region("eu-west-2")
        .account(ACCOUNT, "Acme", "", &["Developer"])
        .auto_approve()
}

/// The line to `service` as a signed-in developer has it.
pub async fn line(sandbox: &Sandbox, home: &tempfile::TempDir, service: Service) -> AwsLine {
    let bare = Settings::bare("/", home.path());
    let settings = sandbox.environment().into_iter().fold(bare, |all, (name, url)| all.with(&name, url));
    let session = SessionName {
        session: "acme".to_owned(),
        start_url: START_URL.to_owned(),
        region: "eu-west-2".to_owned(),
    };
    let (_, commands) = tokio::sync::mpsc::unbounded_channel();
    let granted = sign_in(&settings, &session, Wish::default(), commands, drop).await.unwrap();
    let keys =
        Portal::open(&settings, &session, &granted.token).unwrap().keys(ACCOUNT, "Developer").await.unwrap();
    AwsLine::of_role(&settings, service, "eu-west-2", ACCOUNT, &keys).unwrap()
}

/// A word for each answer, in order.
pub fn words(answers: &Answers) -> Vec<&'static str> {
    answers.iter().map(|(_, answer)| answer.as_ref().map_or_else(Miss::code, |_| "good")).collect()
}
