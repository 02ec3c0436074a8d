//! The order of precedence, and what each source of it says when its turn comes.
//!
//! Sources are asked one after the other, and none after the one that decides but for what it hides.

use super::{Asked, Held, Origin, Question};

/// One source in the order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Environment,
    Edit,
    /// By its place among the sources.
    Store(usize),
    Keychain,
    /// Our own copy stands in, before anything lesser, when a better source could not be read.
    Copy,
    Fallback,
    Generated,
    Default,
}

impl Question<'_> {
    /// The order of precedence, top to bottom.
    pub(super) fn turns(&self) -> impl Iterator<Item = Turn> + use<> {
        let stores = (0..self.sources.stores.len()).map(Turn::Store);
        let lesser = [Turn::Keychain, Turn::Copy, Turn::Fallback, Turn::Generated, Turn::Copy, Turn::Default];
        [Turn::Environment, Turn::Edit].into_iter().chain(stores).chain(lesser)
    }

    pub(super) fn ask(&self, turn: Turn) -> Asked {
        match turn {
            Turn::Environment => self.environment(),
            Turn::Edit => self.hand_edit(),
            Turn::Store(index) => self.store(index),
            Turn::Keychain => self.keychain(),
            Turn::Copy => Ok(None),
            Turn::Fallback => Ok(self.fallback()),
            Turn::Generated => self.generated(),
            Turn::Default => self.default(),
        }
    }

    pub(super) fn origin(&self, turn: Turn) -> Origin {
        match turn {
            Turn::Environment => Origin::Environment,
            Turn::Edit | Turn::Copy => Origin::File,
            Turn::Store(index) => Origin::Store(self.sources.stores[index].name.clone()),
            Turn::Keychain => Origin::Keychain,
            Turn::Fallback => Origin::Fallback,
            Turn::Generated => Origin::Generated,
            Turn::Default => Origin::Default,
        }
    }

    /// Whose other value stays unseen. What we would make up ourselves is nobody's loss.
    pub(super) fn hidden_by(&self, winner: &Held, rest: impl Iterator<Item = Turn>) -> Vec<Origin> {
        let lost = |held: &Held| !held.value.is_blank() && !held.value.same_as(&winner.value);
        let told = rest.filter(|turn| !matches!(turn, Turn::Generated | Turn::Default));
        let unseen = told.filter(|turn| matches!(self.ask(*turn), Ok(Some(held)) if lost(&held)));
        unseen.map(|turn| self.origin(turn)).collect()
    }
}
