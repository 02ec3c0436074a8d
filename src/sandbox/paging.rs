//! One page of a list at a time, with opaque tokens, as every AWS list call works.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A token that this kind of list did not give out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnknownToken;

/// Up to `size` of `items` from where `token` points, and the token of the next page.
///
/// `kind` is sealed into tokens, so one list does not take another's.
pub(super) fn page<'a, T>(
    items: &'a [T],
    kind: &str,
    token: Option<&str>,
    size: usize,
) -> Result<(&'a [T], Option<String>), UnknownToken> {
    let start = token.map_or(Ok(0), |token| opened(kind, token))?;
    let rest = items.get(start..).ok_or(UnknownToken)?;
    let shown = &rest[..size.min(rest.len())];
    let next = (shown.len() < rest.len()).then(|| sealed(kind, start + shown.len()));
    Ok((shown, next))
}

fn sealed(kind: &str, start: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("{kind} {start}"))
}

fn opened(kind: &str, token: &str) -> Result<usize, UnknownToken> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| UnknownToken)?;
    let text = String::from_utf8(bytes).map_err(|_| UnknownToken)?;
    let (sealed_kind, start) = text.rsplit_once(' ').ok_or(UnknownToken)?;
    start.parse().ok().filter(|_| sealed_kind == kind).ok_or(UnknownToken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_join_up_to_the_whole() {
        let items: Vec<u32> = (0..7).collect();
        let (mut seen, mut token) = (Vec::new(), None);
        loop {
            let (shown, next) = page(&items, "n", token.as_deref(), 3).unwrap();
            seen.extend_from_slice(shown);
            token = next;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(seen, items);
    }

    #[test]
    fn tokens_of_others_are_refused() {
        let (_, token) = page(&[1, 2], "accounts", None, 1).unwrap();
        assert_eq!(page(&[1, 2], "roles", token.as_deref(), 1), Err(UnknownToken));
        assert_eq!(page(&[1, 2], "roles", Some("nonsense"), 1), Err(UnknownToken));
    }

    #[test]
    fn an_empty_list_is_one_empty_page() {
        assert_eq!(page::<u8>(&[], "n", None, 5), Ok((&[][..], None)));
    }
}
