//! A loopback stand-in for AWS IAM Identity Center, Secrets Manager and the Parameter Store.
//!
//! Owns an HTTP server that speaks the services' wire formats closely enough that unmodified
//! SDKs and the AWS CLI cannot tell, a device approval page, and faults on demand. The rule: no
//! production path knows this room; it is reached through endpoint settings alone, so what a test
//! or the demo exercises is the very code that talks to AWS. Everything in it is invented and
//! lives in memory. Request signatures must be there and name living role keys, but the signature
//! itself is not recomputed: these keys guard nothing.

mod clock;
mod faults;
mod handle;
mod log;
mod mint;
mod oidc;
mod operation;
mod pages;
mod paging;
mod parameters;
mod portal;
mod reply;
mod request;
mod secrets;
mod server;
mod sessions;
mod signature;
mod state;
mod stored;
mod world;

use std::convert::Infallible;
use std::io;
use std::ops::Deref;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use faults::Fault;
pub use handle::Handle;
pub use log::{Answer, Call};
pub use operation::Operation;
pub use stored::{Content, StoredSecret};
pub use world::{Lifetimes, World};

/// A running sandbox. Dropping it closes the port and every connection.
///
/// What can be asked of one while it runs stands at [`Handle`], which can also be cloned and kept.
#[derive(Debug)]
pub struct Sandbox {
    handle: Handle,
    serving: JoinHandle<Infallible>,
}

impl Sandbox {
    /// Binds a free port of 127.0.0.1 and serves `world` on the current tokio runtime, of either kind.
    ///
    /// # Errors
    /// When the loopback interface has no port to give.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub async fn start(world: World) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let handle = Handle::new(world, url);
        let serving = tokio::spawn(server::serve(listener, handle.clone()));
        Ok(Self { handle, serving })
    }

    /// A handle that may outlive the borrow: for another task or the demo's key bindings.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }
}

impl Deref for Sandbox {
    type Target = Handle;

    fn deref(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
