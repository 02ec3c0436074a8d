//! A sandbox on a thread and runtime of its own, for programs that run beside the test.

use std::ops::Deref;
use std::sync::mpsc;
use std::thread::JoinHandle;

use devsecrets::sandbox::{Handle, Sandbox, World};
use tokio::sync::oneshot;

/// A running sandbox; dropping it ends the thread.
pub struct Stage {
    handle: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Stage {
    pub fn start(world: World) -> Self {
        let (ready, wait) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let sandbox = Sandbox::start(world).await.unwrap();
                ready.send(sandbox.handle()).unwrap();
                let _ = stopped.await;
            });
        });
        Self { handle: wait.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }
}

impl Deref for Stage {
    type Target = Handle;

    fn deref(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(self.stop.take());
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// An organisation with one account and one role, which approves every sign-in.
pub fn acme() -> World {
    acme_that_asks().auto_approve()
}

/// The same, where a person has to approve.
pub fn acme_that_asks() -> World {
    let media = r#"{"S3_ACCESS_KEY_ID":"AKIDEXAMPLE","S3_SECRET_ACCESS_KEY":"s3-secret"}"#;
    bare_acme()
        .secret("media/development", media)
        .secret("agent9-search/development", r#"{"TYPESENSE_API_KEY":"type-sense"}"#)
        .secret("backend/development", "{}")
        .secret("api/development", r#"{"API_KEY":"from the store"}"#)
}

/// The same, with no secret in its store.
pub fn bare_acme() -> World {
    World::new().start_url("https://acme.awsapps.com/start").region("eu-west-2").account(
        "111122223333",
        "Acme Development",
        "",
        &["Developer"],
    )
}
