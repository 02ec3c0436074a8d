//! Values and the screen: kept, asked about, shown once, masked again, shared, forgotten; and nowhere in frame, model or
//! message.

use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::secret::{Extent, SecretValue};
use crate::tui::effect::Tasks;
use crate::tui::screens::token::TokenAct;

/// Of the shape of a Linear key, and of nothing else on earth.
const CANARY: &str = "lin_api_canary0123456789abcdef0123456789abcdef01";

/// Says whose every key is, as Linear does.
async fn linear() -> String {
    const BODY: &str = r#"{"data":{"viewer":{"name":"Ada Lovelace","organization":{"name":"Acme"}}}}"#;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 8192];
            let _ = stream.read(&mut request).await;
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
            let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{BODY}", BODY.len());
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    format!("http://{address}")
}

fn sharing(settings: &Settings, keychain: &Arc<MemoryKeychain>) -> Session {
    let request = Request { profile: Some("services".into()), ..Request::default() };
    Session::new(settings.clone(), keychain.clone(), request)
}

fn keys(script: &[(&str, KeyCode)]) -> Vec<(String, Event)> {
    script.iter().map(|(words, key)| ((*words).to_owned(), Event::Key((*key).into()))).collect()
}

/// The value was on one screen alone, and nothing else has ever held it.
fn assert_kept_to_the_one_screen(page: &Page) {
    assert_eq!(page.revealed.len(), 1);
    assert!(page.revealed[0].contains(CANARY), "{}", page.revealed[0]);
    for text in page.frames.iter().chain(&page.models) {
        assert!(!text.contains("canary"), "{text}");
    }
    assert!(page.models.last().unwrap().contains("MaskedInput(masked)"), "models say what they hold");
}

#[tokio::test]
async fn a_token_is_set_verified_shown_masked_and_forgotten() {
    let mut world = world().await;
    world.0.settings = world.0.settings.clone().with("DEVSECRETS_ENDPOINT_LINEAR", linear().await);
    let enter = KeyCode::Enter;
    let mut script = keys(&[("approve here", KeyCode::Char('T')), ("not kept", enter)]);
    script.push(("It begins with".into(), Event::Paste(CANARY.into())));
    script.extend(keys(&[
        ("looks like a", enter),
        ("✓ kept in", KeyCode::Char('v')),
        ("says it is good: Ada Lovelace, Acme", KeyCode::Char(' ')),
        (CANARY, KeyCode::Char('c')),
        ("Ada Lovelace", KeyCode::Char('x')),
        ("Forget the", enter),
        ("forgotten; its file .env.linear is gone, too", KeyCode::Char('q')),
    ]));
    let mut page = Page::playing(script);
    sit(&world, session(&world.0.settings), &mut page).await;
    assert_kept_to_the_one_screen(&page);
    assert_eq!(page.between, ["wiped"], "any key took it off, and did nothing else");
    assert!(!world.0.settings.folder.join(".env.linear").exists());
}

#[tokio::test]
async fn another_projects_token_is_shared_by_consent_and_masks_itself() {
    let world = world().await;
    let keychain = Arc::new(MemoryKeychain::default());
    let other = tempfile::tempdir().unwrap();
    let mut elsewhere = world.0.settings.clone();
    elsewhere.folder = other.path().to_owned();
    let mut owner = sharing(&elsewhere, &keychain);
    owner.open("services").unwrap();
    owner.keep_token("linear", SecretValue::new(CANARY)).await.unwrap();
    let mut page = Page::new(&[
        ("approve here", KeyCode::Char('T')),
        ("+ offered", KeyCode::Char('u')),
        ("is kept for services. Use it here too?", KeyCode::Char('n')),
        ("– declined", KeyCode::Char('u')),
        ("is kept for services. Use it here too?", KeyCode::Enter),
        ("used here, too: it is in", KeyCode::Char(' ')),
        ("✓ kept", KeyCode::Char('q')),
    ]);
    page.shown_for = Duration::from_millis(20);
    // The screen is left once the value has gone by itself.
    page.waits_for_the_mask = true;
    sit(&world, sharing(&world.0.settings, &keychain), &mut page).await;
    assert_kept_to_the_one_screen(&page);
    assert_eq!(page.between, ["wiped"]);
}

/// Whatever a job says of a token is said in messages; the value goes past them.
#[tokio::test]
async fn no_message_of_a_job_holds_a_value() {
    let mut world = world().await;
    world.0.settings = world.0.settings.clone().with("DEVSECRETS_ENDPOINT_LINEAR", linear().await);
    let mut session = session(&world.0.settings);
    session.open("services").unwrap();
    let (aside, mut asides) = mpsc::unbounded_channel();
    let (sender, mut heard) = mpsc::unbounded_channel();
    let work = jobs::World::new(session, &world.0.settings, Asides(aside));
    let mut tasks = Tasks::default();
    let value = SecretValue::new(CANARY);
    let mut all = vec![Job::KeepToken { name: "linear".into(), value: value.clone() }];
    for act in [TokenAct::Verify { agreed: true }, TokenAct::Reveal, TokenAct::Share, TokenAct::Remove] {
        all.push(Job::Token { name: "linear".into(), act });
    }
    let mut said = format!("{all:?}");
    for job in all {
        jobs::perform(work.clone(), tasks.next(), job, sender.clone()).await;
    }
    while let Ok(msg) = heard.try_recv() {
        said += &format!("{msg:?}\n");
    }
    for word in ["Kept(Ok", "Verified(", "Shared(", "Removed("] {
        assert!(said.contains(word), "{word} in {said}");
    }
    assert!(!said.contains("canary"), "{said}");
    let Some(Aside::Show(_, shown, brought)) = asides.recv().await else { panic!("nothing was to be shown") };
    assert!(shown.same_as(&value));
    assert!(!format!("{:?}", brought(Extent::of(&shown))).contains("canary"));
}

/// Someone else has the terminal, and the screen comes back whole.
#[tokio::test]
async fn the_terminal_is_lent_and_taken_back() {
    let world = world().await;
    let mut page = Page::new(&[("approve here", KeyCode::Char('q'))]);
    let model = Model::new(Size { width: 120, height: 40 }, OffsetDateTime::now_utc());
    let sitting = Sitting::new(session(&world.0.settings), &world.0.settings, extras(&world), model);
    let asides = sitting.world.asides.clone();
    let set = LocalSet::new();
    let borrowed = set.spawn_local(async move { asides.lend(|| 42).await });
    set.run_until(sitting.turn(&mut page)).await.unwrap();
    assert_eq!(set.run_until(borrowed).await.unwrap(), Some(42));
    assert_eq!(page.between, ["left", "entered"]);
}
