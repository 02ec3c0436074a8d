//! TOML, such as `fly.toml` and `railway.toml`: every key with a text.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::settings::{Setting, Unreadable, assignments};
use crate::secret::SecretValue;

pub(super) fn settings(text: &str) -> Result<Vec<Setting>, Unreadable> {
    let table = DeTable::parse(text).map_err(|error| Unreadable::Syntax {
        line: line(text, error.span().unwrap_or(0..0).start),
        says: "this is no TOML".to_owned(),
    })?;
    let mut found = Vec::new();
    of_table(table.get_ref(), text, &mut found);
    Ok(found)
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

fn of_table(table: &DeTable<'_>, text: &str, found: &mut Vec<Setting>) {
    for (key, value) in table {
        match value.get_ref() {
            DeValue::String(held) => found.push(Setting {
                name: key.get_ref().to_string(),
                value: SecretValue::new(held.as_ref()),
                line: line(text, key.span().start),
            }),
            _ => of_value(value, text, found),
        }
    }
}

fn of_value(value: &Spanned<DeValue<'_>>, text: &str, found: &mut Vec<Setting>) {
    match value.get_ref() {
        DeValue::Table(table) => of_table(table, text, found),
        DeValue::Array(list) => list.iter().for_each(|item| of_value(item, text, found)),
        DeValue::String(held) => found.extend(assignments(held, line(text, value.span().start))),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_lines() {
        let text = "app = 'shop'\n[env]\nMODE = 'plain'\n\nJWT_SECRET = \"x\"\n";
        let found = settings(text).unwrap();
        let shown: Vec<_> = found.iter().map(|setting| (setting.name.as_str(), setting.line)).collect();
        assert_eq!(shown, [("app", 1), ("MODE", 3), ("JWT_SECRET", 5)]);
        assert!(matches!(settings("a = 1\n[x"), Err(Unreadable::Syntax { line: 2, .. })));
    }
}
