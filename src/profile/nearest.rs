//! Did you mean? The known word that a mistyped one most likely stands for.

use indexmap::IndexSet;

/// The word of `known` nearest to `word`, if one is near enough to be worth suggesting.
///
/// Near enough: a third of the longer word's letters changed, added, dropped or swapped
/// (Damerau–Levenshtein), or one word beginning with the other (`prod`). Upper and lower case count
/// as equal.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let near = known.into_iter().filter_map(|other| Some((distance(&word, &other.to_lowercase())?, other)));
    near.min_by_key(|(steps, _)| *steps).map(|(_, other)| other)
}

fn distance(word: &str, other: &str) -> Option<usize> {
    let steps = strsim::damerau_levenshtein(word, other);
    let longest = word.chars().count().max(other.chars().count());
    let begins = word.len().min(other.len()) >= 3 && (word.starts_with(other) || other.starts_with(word));
    (begins || steps * 3 <= longest).then_some(steps)
}

/// The hint beside an unknown word: the nearest known one, else all of them.
pub(super) fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: IndexSet<&str> = known.into_iter().collect();
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "none is declared".to_owned(),
        None if known.len() > 12 => format!("known: {}, …", quoted(&known[..12])),
        None => format!("known: {}", quoted(&known)),
    }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_a_stranger_is_not() {
        let known = ["JWT_SECRET", "REDIS_URL"];
        assert_eq!(nearest("JWT_SECERT", known), Some("JWT_SECRET"));
        assert_eq!(nearest("redis_uri", known), Some("REDIS_URL"));
        assert_eq!(nearest("prod", ["development", "production"]), Some("production"));
        assert_eq!(nearest("PORT", known), None);
    }

    #[test]
    fn without_a_near_word_the_hint_lists_all() {
        assert_eq!(hint("x", ["one", "two"]), "known: `one`, `two`");
        assert_eq!(hint("x", []), "none is declared");
    }
}
