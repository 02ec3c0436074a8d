//! Finding by a few letters: those typed must occur in their order, and the nearest fit comes first.
//!
//! Own code because it is a page, and the crates for it bring a licence or a thread pool that nothing else here needs.

/// How well `text` fits what was typed; `None` when it does not. Blanks part words that may stand anywhere.
pub fn score(typed: &str, text: &str) -> Option<usize> {
    let text: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    typed.split_whitespace().map(|word| one(word, &text)).sum()
}

/// The best of all places the word can begin at.
fn one(word: &str, text: &[char]) -> Option<usize> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let starts = (0..text.len()).filter(|at| word.first() == text.get(*at));
    starts.filter_map(|start| from(&word, text, start)).max()
}

/// Letters side by side count most, then those that begin a word.
fn from(word: &[char], text: &[char], start: usize) -> Option<usize> {
    let (mut points, mut at, mut joined) = (0, start, true);
    for letter in word {
        let found = at + text.get(at..)?.iter().position(|c| c == letter)?;
        let begins = found == 0 || !text[found - 1].is_alphanumeric();
        joined = found == at && joined;
        points += 1 + usize::from(found == at) * 4 + usize::from(begins) * 3;
        at = found + 1;
    }
    Some(points + usize::from(joined) * 8)
}

/// Whether `word`, in lower case, is found in `text`, whatever its case: as it stands, or as runs of letters that begin at
/// parts of a name. `jwts` and `sec` both find `JWT_SECRET`, `wet` does not, so hardly anything is found by accident.
pub fn finds(word: &str, text: &str) -> bool {
    let letters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let wanted: Vec<char> = word.chars().collect();
    wanted.is_empty() || letters.windows(wanted.len()).any(|run| run == wanted) || by_parts(&wanted, &letters)
}

/// Each letter goes on with the run before it or begins a part.
fn by_parts(wanted: &[char], letters: &[char]) -> bool {
    let begins = |at: usize| at == 0 || !letters[at - 1].is_alphanumeric();
    let mut ends: Vec<Option<usize>> = vec![None];
    for letter in wanted {
        let after = ends.iter().min().copied().flatten().map_or(0, |end| end + 1);
        let next = (after..letters.len())
            .filter(|at| letters[*at] == *letter)
            .filter(|at| begins(*at) || ends.iter().any(|end| end.is_some_and(|end| end + 1 == *at)));
        ends = next.map(Some).collect();
        if ends.is_empty() {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_their_order_fit_and_others_do_not() {
        assert!(score("wf", "write the files").is_some());
        assert!(score("FILES wr", "write the files").is_some());
        assert!(score("fw", "write the files").is_none());
        assert!(score("", "anything").is_some());
        assert!(score("é", "").is_none());
    }

    #[test]
    fn what_stands_together_fits_better() {
        assert!(score("tok", "your tokens") > score("tok", "take or keep"));
        assert!(score("wf", "write files") > score("wf", "wharf"));
        assert!(score("jwt", "JWT_SECRET") > score("jwt", "just wait then"));
    }

    #[test]
    fn a_few_letters_find_a_name() {
        for word in ["jwt", "secret", "t_s", "jwts", "js", "sec", "", "jwtsecret"] {
            assert!(finds(word, "JWT_SECRET"), "{word}");
        }
        for word in ["wet", "sj", "jwtt", "jwt_secrets", "x"] {
            assert!(!finds(word, "JWT_SECRET"), "{word}");
        }
        assert!(finds("ä", "Ärger") && finds("s3b", "S3_BUCKET") && !finds("a", ""));
    }
}
