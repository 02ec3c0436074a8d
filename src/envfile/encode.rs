//! The form of last resort: base64, which every program reads alike.
//!
//! A profile asks for it with `encode = "base64"` on a variable whose value has no common form; the
//! service then decodes it. Pure, so that writing a value and comparing it with what a file holds
//! use the same words.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use crate::profile::Encode;
use crate::secret::SecretValue;

/// `value` as it is written down for a variable with this `encode` (RFC 4648 §4, with padding).
pub fn encoded(value: &SecretValue, encode: Option<Encode>) -> SecretValue {
    match encode {
        None => value.clone(),
        Some(Encode::Base64) => SecretValue::new(value.expose_to(|text| BASE64_STANDARD.encode(text))),
    }
}

/// The value behind what stands in a file; `None` if that is not in the form asked for.
pub fn decoded(written: &SecretValue, encode: Option<Encode>) -> Option<SecretValue> {
    match encode {
        None => Some(written.clone()),
        Some(Encode::Base64) => written.expose_to(|text| {
            let bytes = Zeroizing::new(BASE64_STANDARD.decode(text).ok()?);
            Some(SecretValue::new(std::str::from_utf8(&bytes).ok()?))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envfile::{Change, Document, Reader, edit};

    #[test]
    fn what_no_form_holds_goes_through_base64_and_back() {
        let hard = SecretValue::new("cr\rlf ${A} it's \"x\" `y` \\\\ \0 end\\");
        let value = encoded(&hard, Some(Encode::Base64));
        let change = Change { key: "A".to_owned(), value };
        let edited = edit(&Document::parse(b""), &[change], &Reader::ALL);
        assert!(edited.refused.is_empty());
        let found = edited.document.get("A").unwrap();
        assert!(decoded(&found, Some(Encode::Base64)).unwrap().same_as(&hard));
    }

    #[test]
    fn without_an_encoding_nothing_changes() {
        let value = SecretValue::new("a b");
        assert!(encoded(&value, None).same_as(&value) && decoded(&value, None).unwrap().same_as(&value));
    }

    #[test]
    fn other_text_is_not_decoded() {
        for text in ["a b", "YQ", "/w=="] {
            assert!(decoded(&SecretValue::new(text), Some(Encode::Base64)).is_none(), "{text}");
        }
    }
}
