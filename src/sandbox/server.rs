//! The HTTP side: connections in, operations called, replies or scripted silence out.
//!
//! Owns the accept loop and the one place where a fault takes the stead of an operation. The
//! state is locked for deciding only, never while bytes move, so a hanging call holds up no other.

use std::convert::Infallible;
use std::error::Error;
use std::future::pending;
use std::io;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::faults::Fault;
use super::handle::Handle;
use super::log::{Answer, Call};
use super::operation::Operation;
use super::reply::{Body, Refusal, Reply};
use super::request::Request;
use super::state::State;
use super::{oidc, parameters, portal, secrets};

type BoxError = Box<dyn Error + Send + Sync>;

/// Accepts until aborted; its connections end with it.
pub(super) async fn serve(listener: TcpListener, handle: Handle) -> Infallible {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(connections.spawn(converse(stream, handle.clone()))),
                // Out of file descriptors, or the peer left already: let others run, try again.
                Err(_) => tokio::task::yield_now().await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn converse(stream: TcpStream, handle: Handle) {
    let service = service_fn(move |incoming| respond(handle.clone(), incoming));
    let conversation = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // Clients that leave and scripted cuts both end here as an error; neither is one to us.
    drop(conversation.await);
}

async fn respond(
    handle: Handle,
    incoming: hyper::Request<Incoming>,
) -> Result<hyper::Response<Body>, BoxError> {
    let request = Request::read(incoming).await?;
    match handle.with(|state| decide(state, &request)) {
        Delivery::Reply(reply) => Ok(reply.into_response()?),
        Delivery::Silence => pending().await,
        Delivery::HangUp => Err(io::Error::from(io::ErrorKind::ConnectionAborted).into()),
    }
}

enum Delivery {
    Reply(Reply),
    Silence,
    HangUp,
}

fn decide(state: &mut State, request: &Request) -> Delivery {
    let operation = Operation::asked_by(request);
    let delivery = match state.next_fault(operation) {
        None => Delivery::Reply(perform(state, operation, request)),
        Some(fault) => go_wrong(state, operation, request, fault),
    };
    let answer = answer(&delivery);
    state.log.push(Call { operation, answer });
    delivery
}

fn go_wrong(state: &mut State, operation: Operation, request: &Request, fault: Fault) -> Delivery {
    let dialect = operation.dialect();
    if let Some(refusal) = fault.refusal(dialect) {
        return Delivery::Reply(Reply::json(dialect, Err(refusal)));
    }
    match fault {
        Fault::Hang => Delivery::Silence,
        Fault::Dropped => Delivery::HangUp,
        Fault::Malformed => Delivery::Reply(perform(state, operation, request).garbled()),
        Fault::Truncated => Delivery::Reply(perform(state, operation, request).cut_short()),
        _ => Delivery::Reply(Reply::json(dialect, Ok(serde_json::json!({})))),
    }
}

fn perform(state: &mut State, operation: Operation, request: &Request) -> Reply {
    let outcome = match operation {
        Operation::RegisterClient => oidc::register_client(state, request),
        Operation::StartDeviceAuthorization => oidc::start_device_authorization(state, request),
        Operation::CreateToken => oidc::create_token(state, request),
        Operation::ListAccounts => portal::list_accounts(state, request),
        Operation::ListAccountRoles => portal::list_account_roles(state, request),
        Operation::GetRoleCredentials => portal::get_role_credentials(state, request),
        Operation::Logout => return portal::logout(state, request),
        Operation::DevicePage => return oidc::device_page(state, request),
        Operation::AuthorizePage => return oidc::authorize_page(state, request),
        Operation::Unknown => Err(Refusal::with_status(404, "UnknownOperationException", "")),
        Operation::GetParameter | Operation::GetParameters | Operation::GetParametersByPath => {
            parameters::answer(state, operation, request)
        }
        operation => secrets::answer(state, operation, request),
    };
    Reply::json(operation.dialect(), outcome)
}

fn answer(delivery: &Delivery) -> Answer {
    match delivery {
        Delivery::Reply(reply) if reply.is_cut() => Answer::Cut,
        Delivery::Reply(reply) if reply.status < 400 => Answer::Good,
        Delivery::Reply(reply) => {
            Answer::Refused { status: reply.status, code: reply.code.clone().unwrap_or_default() }
        }
        Delivery::Silence | Delivery::HangUp => Answer::None,
    }
}
