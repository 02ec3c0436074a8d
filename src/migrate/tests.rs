//! Moves between two keychains in memory, the second of which may stop answering at any call.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::keychain::{MemoryKeychain, Place, Problem};

/// Does what it is told `left` times, and is gone from then on: as if the run had been killed.
struct Mortal<'a> {
    keychain: &'a MemoryKeychain,
    left: &'a AtomicUsize,
}

impl Mortal<'_> {
    fn alive(&self) -> Result<&MemoryKeychain, Error> {
        let left = self.left.load(Ordering::Relaxed);
        self.left.store(left.saturating_sub(1), Ordering::Relaxed);
        if left == 0 { Err(Error::new(Place::Memory, Problem::Denied)) } else { Ok(self.keychain) }
    }
}

impl Keychain for Mortal<'_> {
    fn place(&self) -> Place {
        Place::Memory
    }

    fn get(&self, item: &Item) -> Result<Option<SecretValue>, Error> {
        self.alive()?.get(item)
    }

    fn set(&self, item: &Item, value: &SecretValue) -> Result<(), Error> {
        self.alive()?.set(item, value)
    }

    fn remove(&self, item: &Item) -> Result<bool, Error> {
        self.alive()?.remove(item)
    }

    fn create(&self, item: &Item, value: &SecretValue) -> Result<SecretValue, Error> {
        self.alive()?.create(item, value)
    }
}

/// Three items, found through the records alone: this keychain lists nothing.
fn filled() -> (MemoryKeychain, Names, Values) {
    let keychain = MemoryKeychain::default();
    for byte in [1, 2] {
        Identity::from_root([byte; 32]).take_place(&keychain).unwrap();
    }
    keychain.set(&Item::token("linear"), &SecretValue::new("canary")).unwrap();
    let names = Names::of([Item::token("linear"), Item::token("never kept")]);
    let values = names.values(&keychain).unwrap();
    assert_eq!(values.len(), 3);
    (keychain, names, values)
}

fn holds(keychain: &dyn Keychain, values: &Values) -> bool {
    values.iter().all(|(item, value)| keychain.get(item).unwrap().is_some_and(|stands| stands.same_as(value)))
}

/// Another application's item under our name stays where it is.
#[test]
fn what_is_no_identity_is_not_moved() {
    let (from, names, _) = filled();
    from.set(&Item::identity(), &SecretValue::new("hello there")).unwrap();
    let moved = Ends::between(&from, &MemoryKeychain::default(), &names).map(drop);
    assert!(matches!(moved.unwrap_err().problem, Problem::Foreign { .. }));
}

#[test]
fn whenever_it_ends_the_keychain_in_use_holds_everything_and_it_can_be_done_again() {
    for calls in 0.. {
        let (from, names, values) = filled();
        let (to, left, decided) = (MemoryKeychain::default(), AtomicUsize::new(calls), Cell::new(false));
        let go = |left: &AtomicUsize| {
            let (from, to) = (Mortal { keychain: &from, left }, Mortal { keychain: &to, left });
            let (ends, different) = Ends::between(&from, &to, &names).ok()?;
            assert!(different.is_empty());
            let decide = || {
                from.alive()?;
                decided.set(true);
                Ok(())
            };
            let outcome = ends.carry_out(decide).ok()?;
            outcome.is_none().then_some(())
        };
        let through = go(&left).is_some();
        assert!(holds(if decided.get() { &to } else { &from }, &values), "after {calls} calls");
        go(&AtomicUsize::new(1000)).unwrap();
        assert!(holds(&to, &values) && from.items().unwrap() == Some(Vec::new()), "after {calls} calls");
        if through {
            return assert!(calls > 10, "it ended too soon to have been tried: {calls}");
        }
    }
}

#[test]
fn two_tokens_of_one_name_are_never_settled() {
    let (from, names, values) = filled();
    let to = MemoryKeychain::default();
    to.set(&Item::token("linear"), &SecretValue::new("another")).unwrap();
    let (_, different) = Ends::between(&from, &to, &names).unwrap();
    assert_eq!(different, [Item::token("linear")]);
    assert!(holds(&from, &values));
    let finding = in_both(&different[0], &different, "file");
    assert_eq!(
        finding.remedy.command.as_deref(),
        Some("DEVSECRETS_KEYCHAIN=file devsecrets token remove linear")
    );
}

#[test]
fn rotations_made_since_a_move_was_cut_short_are_kept() {
    let (from, names, _) = filled();
    let to = MemoryKeychain::default();
    let (ends, _) = Ends::between(&from, &to, &names).unwrap();
    ends.copy().unwrap();
    Identity::note(&from, |record| _ = record.epochs.raise("shop", "A")).unwrap();
    let (ends, different) = Ends::between(&from, &to, &names).unwrap();
    assert!(different.is_empty() && ends.carry_out(|| Ok(())).unwrap().is_none());
    assert_eq!(Identity::load(&to).unwrap().unwrap().record().epochs.of("shop", "A"), 1);
}

#[test]
fn what_is_changed_while_it_moves_is_left_and_said() {
    let (from, names, _) = filled();
    let to = MemoryKeychain::default();
    let (ends, _) = Ends::between(&from, &to, &names).unwrap();
    let change = || from.set(&Item::token("linear"), &SecretValue::new("newer"));
    let left = ends.carry_out(change).unwrap().unwrap();
    let finding = left.finding(&ends);
    assert!(finding.says.starts_with("token/linear stays in "), "{}", finding.says);
    assert_eq!(from.get(&Item::token("linear")).unwrap().unwrap().chars(), 5);
}
