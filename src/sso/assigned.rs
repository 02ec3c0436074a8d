//! Finding an account or role by what a person typed: exact, or a finding that names the nearest.

use super::{Account, Role};
use crate::finding::{Finding, Remedy};
use crate::profile::nearest;

/// A finding lists no more than this.
const LISTED: usize = 8;

/// An account by its id, or by its name in whatever case.
///
/// # Errors
/// As a finding with the nearest assigned account, or when several have this name.
pub fn find_account<'a>(accounts: &'a [Account], wanted: &str) -> Result<&'a Account, Finding> {
    if accounts.is_empty() {
        return Err(nothing_assigned("account"));
    }
    if let Some(account) = accounts.iter().find(|account| account.id == wanted) {
        return Ok(account);
    }
    let named = |account: &&Account| account.name.to_lowercase() == wanted.trim().to_lowercase();
    let found: Vec<&Account> = accounts.iter().filter(named).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(no_account(wanted, accounts)),
        several => {
            let ids: Vec<&str> = several.iter().map(|account| account.id.as_str()).collect();
            let remedy = Remedy::says(format!("give the id of one: {}", ids.join(", ")));
            Err(Finding::error("DS-SSO-15", wanted, "several accounts have this name", remedy))
        }
    }
}

/// A role by its name.
///
/// # Errors
/// As a finding with the nearest assigned role.
pub fn find_role<'a>(roles: &'a [Role], wanted: &str) -> Result<&'a Role, Finding> {
    if roles.is_empty() {
        return Err(nothing_assigned("role"));
    }
    roles.iter().find(|role| role.name == wanted).ok_or_else(|| {
        let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
        let says = did_you_mean("no such role is assigned to you", nearest(wanted, names.iter().copied()));
        Finding::error("DS-SSO-16", wanted, says, Remedy::says(format!("assigned: {}", listed(&names))))
    })
}

/// Nothing to choose from.
pub fn nothing_assigned(noun: &str) -> Finding {
    let remedy = Remedy::says("ask whoever administers AWS access for an assignment");
    Finding::error("DS-SSO-13", noun, format!("no {noun} is assigned to you"), remedy)
}

/// All words occur somewhere in one of the texts, in whatever case: how every picker searches.
pub fn matches(wanted: &str, texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    wanted.to_lowercase().split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
}

fn no_account(wanted: &str, accounts: &[Account]) -> Finding {
    let words = accounts.iter().flat_map(|account| [account.name.as_str(), account.id.as_str()]);
    let near = nearest(wanted, words);
    let near = near.and_then(|near| accounts.iter().find(|one| one.name == near || one.id == near));
    let near = near.map(shown);
    let says = did_you_mean("no such account is assigned to you", near.as_deref());
    let names: Vec<String> = accounts.iter().map(shown).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Finding::error("DS-SSO-15", wanted, says, Remedy::says(format!("assigned: {}", listed(&names))))
}

fn shown(account: &Account) -> String {
    if account.name == account.id { account.id.clone() } else { format!("{} ({})", account.id, account.name) }
}

fn did_you_mean(says: &str, near: Option<&str>) -> String {
    near.map_or_else(|| says.to_owned(), |near| format!("{says}, did you mean {near}?"))
}

fn listed(names: &[&str]) -> String {
    match names.len() {
        0..=LISTED => names.join(", "),
        count => format!("{} and {} more", names[..LISTED].join(", "), count - LISTED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts() -> Vec<Account> {
        let account = |id: &str, name: &str| Account { id: id.into(), name: name.into(), email: None };
        vec![
            account("001122334455", "Acme Development"),
            account("222233334444", "Twin"),
            account("333344445555", "Twin"),
        ]
    }

    #[test]
    fn an_account_is_found_by_id_and_by_name() {
        let accounts = accounts();
        for wanted in ["001122334455", "Acme Development", "acme development"] {
            assert_eq!(find_account(&accounts, wanted).unwrap().id, "001122334455");
        }
        assert!(
            find_account(&accounts, "twin").unwrap_err().remedy.says.contains("222233334444, 333344445555")
        );
    }

    #[test]
    fn the_nearest_is_named() {
        let near = find_account(&accounts(), "Acme Developmnet").unwrap_err();
        assert!(near.says.ends_with("did you mean 001122334455 (Acme Development)?"), "{}", near.says);
        let roles = [Role { account_id: "1".into(), name: "ReadOnly".into() }];
        assert!(find_role(&roles, "Readonly").unwrap_err().says.ends_with("did you mean ReadOnly?"));
        assert_eq!(find_role(&[], "x").unwrap_err().code, "DS-SSO-13");
    }

    #[test]
    fn long_lists_are_cut() {
        let roles: Vec<Role> =
            (0..30).map(|n| Role { account_id: "1".into(), name: format!("Role{n:02}") }).collect();
        assert!(find_role(&roles, "zzz").unwrap_err().remedy.says.ends_with("Role07 and 22 more"));
    }

    #[test]
    fn every_word_must_be_found_in_any_case() {
        assert!(matches("PAY dev", &["Payments", "development"]));
        assert!(!matches("PAY dev", &["Payments", "production"]));
        assert!(matches("", &[]));
    }
}
