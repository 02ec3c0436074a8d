//! Everything a running sandbox remembers.

use std::collections::{HashMap, VecDeque};

use time::OffsetDateTime;

use super::clock::Clock;
use super::faults::Fault;
use super::log::Call;
use super::oidc::{Authorizations, Clients, Devices};
use super::operation::Operation;
use super::sessions::Sessions;
use super::signature::RoleKeys;
use super::world::World;

pub(super) struct State {
    pub(super) world: World,
    pub(super) url: String,
    pub(super) clock: Clock,
    pub(super) clients: Clients,
    pub(super) devices: Devices,
    pub(super) authorizations: Authorizations,
    pub(super) sessions: Sessions,
    pub(super) role_keys: RoleKeys,
    pub(super) log: Vec<Call>,
    script: HashMap<Operation, VecDeque<Fault>>,
}

impl State {
    pub(super) fn new(world: World, url: String) -> Self {
        Self {
            world,
            url,
            clock: Clock::default(),
            clients: Clients::default(),
            devices: Devices::default(),
            authorizations: Authorizations::default(),
            sessions: Sessions::default(),
            role_keys: RoleKeys::default(),
            log: Vec::new(),
            script: HashMap::new(),
        }
    }

    pub(super) fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    pub(super) fn script(&mut self, operation: Operation, faults: impl IntoIterator<Item = Fault>) {
        self.script.entry(operation).or_default().extend(faults);
    }

    pub(super) fn next_fault(&mut self, operation: Operation) -> Option<Fault> {
        self.script.get_mut(&operation)?.pop_front()
    }
}
