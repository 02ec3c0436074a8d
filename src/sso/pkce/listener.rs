//! The port of this machine that the browser comes back to.
//!
//! The rule: 127.0.0.1 alone (the AWS CLI listens on every interface), one answer, and every visitor is told what became
//! of it. The first verdict is handed on once its page has been sent; whoever comes after it is refused, and
//! with the listener the port closes.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, header};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};

use super::callback::{Expected, Verdict, Visit};
use super::page::Page;
use crate::secret::SecretValue;
use crate::sso::SsoError;

/// Longest a visitor may take; browsers open connections in advance and leave them silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open port. Dropping it closes the port and every connection.
#[derive(Debug)]
pub(super) struct Listener {
    pub expected: Expected,
    door: Arc<Door>,
    serving: JoinHandle<Infallible>,
}

impl Listener {
    /// A free port of 127.0.0.1, for one way back with this `state`.
    ///
    /// # Errors
    /// [`SsoError::CannotListen`].
    pub async fn bind(state: String) -> Result<Self, SsoError> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(SsoError::CannotListen)?;
        let port = listener.local_addr().map_err(SsoError::CannotListen)?.port();
        let expected = Expected::new(port, state);
        let door = Arc::new(Door { expected: expected.clone(), ..Door::default() });
        let serving = tokio::spawn(serve(listener, door.clone()));
        Ok(Self { expected, door, serving })
    }

    /// Waits for the first one.
    pub async fn verdict(&self) -> Verdict {
        loop {
            let arrived = self.door.arrived.notified();
            if let Some(verdict) = self.door.handed_in().take() {
                return verdict;
            }
            arrived.await;
        }
    }

    /// # Errors
    /// [`SsoError::NotTheAddress`].
    pub fn paste(&self, address: &SecretValue) -> Result<(), SsoError> {
        let verdict = self.expected.judge_pasted(address)?;
        if self.door.is_first() {
            self.door.hand_in(verdict);
        }
        Ok(())
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Where verdicts arrive, from a browser or pasted. The first one counts.
#[derive(Debug)]
struct Door {
    expected: Expected,
    taken: AtomicBool,
    verdict: Mutex<Option<Verdict>>,
    arrived: Notify,
}

impl Default for Door {
    fn default() -> Self {
        let expected = Expected::new(0, String::new());
        Self { expected, taken: AtomicBool::new(false), verdict: Mutex::new(None), arrived: Notify::new() }
    }
}

impl Door {
    /// True for one caller.
    fn is_first(&self) -> bool {
        !self.taken.swap(true, Ordering::SeqCst)
    }

    fn hand_in(&self, verdict: Verdict) {
        *self.handed_in() = Some(verdict);
        self.arrived.notify_one();
    }

    fn handed_in(&self) -> std::sync::MutexGuard<'_, Option<Verdict>> {
        self.verdict.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page for a visitor, and the verdict he brought.
    fn answer(&self, request: &Request<Incoming>) -> (Page, Option<Verdict>) {
        let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
        if request.method() != Method::GET || host != Some(self.expected.host()) {
            return (Page::Nothing, None);
        }
        match self.expected.judge(request.uri().path(), request.uri().query()) {
            Visit::Stray => (Page::Nothing, None),
            Visit::Foreign => (Page::Foreign, None),
            Visit::Verdict(_) if !self.is_first() => (Page::Again, None),
            Visit::Verdict(verdict) => (Page::of(&verdict), Some(verdict)),
        }
    }
}

/// Accepts until aborted; its conversations end with it.
async fn serve(listener: TcpListener, door: Arc<Door>) -> Infallible {
    let mut conversations = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(conversations.spawn(converse(stream, door.clone()))),
                // Out of file descriptors, or the peer left already: let others run, try again.
                Err(_) => tokio::task::yield_now().await,
            },
            Some(_) = conversations.join_next() => {}
        }
    }
}

/// One request. What it brought is handed on when its page has left, because the listener may end right then.
async fn converse(stream: TcpStream, door: Arc<Door>) {
    let brought = Mutex::new(None);
    let service = service_fn(|request: Request<Incoming>| {
        let (page, verdict) = door.answer(&request);
        if verdict.is_some() {
            *brought.lock().unwrap_or_else(PoisonError::into_inner) = verdict;
        }
        std::future::ready(page.response())
    });
    let conversation =
        http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service);
    // A visitor that leaves early has still brought what it brought.
    let _ = tokio::time::timeout(PATIENCE, conversation).await;
    if let Some(verdict) = brought.into_inner().unwrap_or_else(PoisonError::into_inner) {
        door.hand_in(verdict);
    }
}
