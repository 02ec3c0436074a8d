//! The inside of the key file: items to one armored age file and back.
//!
//! Owns the plain form (a heading, then a line per item: base64 name, space, base64 value) and
//! its sealing with a passphrase (age v1, scrypt recipient). Lines of base64 rather than JSON:
//! sizes are known beforehand, so no growing buffer leaves copies of a secret behind.

use std::collections::BTreeMap;
use std::io::Read;
use std::iter;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, armor::ArmoredReader, scrypt};
use base64::prelude::{BASE64_STANDARD, Engine};
use zeroize::Zeroizing;

use super::Problem;
use crate::secret::SecretValue;

pub(super) type Items = BTreeMap<String, SecretValue>;

const HEADING: &str = "devsecrets keychain 1";
const NOT_OURS: Problem = Problem::Corrupted("what it holds is not a devsecrets keychain");

/// scrypt's N as a power of two for a new file: the default of the `age` program, about a second and 256 MiB.
const USUAL: u8 = 18;

/// The largest that is opened, as the `age` program does: about 15 seconds. A fixed bound, because a measured one
/// refuses our own file on a machine that is busy just then.
const MOST: u8 = 22;

/// How much work guessing a passphrase takes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Work {
    /// [`USUAL`]. age would measure the machine instead, and make a file many times easier to guess when it is busy.
    #[default]
    Usual,
    /// scrypt's N is two to the power of this.
    Factor(u8),
}

/// One armored age file.
pub(super) fn seal(items: &Items, passphrase: &SecretValue, work: Work) -> Result<String, Problem> {
    let mut recipient = scrypt::Recipient::new(for_age(passphrase));
    recipient.set_work_factor(match work {
        Work::Usual => USUAL,
        Work::Factor(factor) => factor.clamp(1, MOST),
    });
    age::encrypt_and_armor(&recipient, write(items).as_bytes())
        .map_err(|_| Problem::io("encrypt it")(std::io::Error::other("age refused to write")))
}

/// The items of an armored age file.
///
/// age proves the passphrase on the header alone, so a file damaged exactly there reads as a
/// wrong passphrase; damage anywhere else is told apart.
pub(super) fn unseal(file: &[u8], passphrase: &SecretValue) -> Result<Items, Problem> {
    let decryptor = Decryptor::new_buffered(ArmoredReader::new(file)).map_err(header)?;
    let mut identity = scrypt::Identity::new(for_age(passphrase));
    identity.set_max_work_factor(MOST);
    let mut reader = decryptor.decrypt(iter::once(&identity as _)).map_err(header)?;
    // The plain text is always shorter than the file.
    let mut plain = Zeroizing::new(String::with_capacity(file.len()));
    reader
        .read_to_string(&mut plain)
        .map_err(|_| Problem::Corrupted("its contents are cut short or changed"))?;
    parse(&plain).ok_or(NOT_OURS)
}

/// age's own messages are translated and addressed to users of age.
fn header(error: DecryptError) -> Problem {
    match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => Problem::WrongPassphrase,
        DecryptError::NoMatchingKeys => Problem::Corrupted("it is not sealed with a passphrase"),
        DecryptError::ExcessiveWork { .. } => Problem::Corrupted("it asks for unreasonably much work"),
        DecryptError::InvalidMac => Problem::Corrupted("its header was changed"),
        _ => Problem::Corrupted("it is not an age file"),
    }
}

fn for_age(passphrase: &SecretValue) -> SecretString {
    passphrase.expose_to(|text| SecretString::from(text.to_owned()))
}

fn write(items: &Items) -> Zeroizing<String> {
    let line = |name: &String, value: &SecretValue| (name.len() + value.expose_to(str::len)) * 4 / 3 + 16;
    let size = HEADING.len() + 1 + items.iter().map(|(name, value)| line(name, value)).sum::<usize>();
    let mut text = Zeroizing::new(String::with_capacity(size));
    text.push_str(HEADING);
    for (name, value) in items {
        text.push('\n');
        BASE64_STANDARD.encode_string(name, &mut text);
        text.push(' ');
        value.expose_to(|value| BASE64_STANDARD.encode_string(value, &mut text));
    }
    text
}

fn parse(text: &str) -> Option<Items> {
    let mut lines = text.lines();
    if lines.next()? != HEADING {
        return None;
    }
    lines
        .map(|line| {
            let (name, value) = line.split_once(' ')?;
            Some((decode(name)?, SecretValue::new(decode(value)?)))
        })
        .collect()
}

fn decode(text: &str) -> Option<String> {
    String::from_utf8(BASE64_STANDARD.decode(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAST: Work = Work::Factor(2);

    fn sample() -> Items {
        [("identity", "canary-5d"), ("token/odd \n name", "line one\nzwei \u{fc} \"'"), ("empty", "")]
            .map(|(name, value)| (name.to_owned(), SecretValue::new(value)))
            .into()
    }

    fn shown(items: &Items) -> Vec<(String, String)> {
        items.iter().map(|(name, value)| (name.clone(), value.expose_to(str::to_owned))).collect()
    }

    #[test]
    fn items_survive_sealing() {
        let right = SecretValue::new("correct horse");
        let file = seal(&sample(), &right, FAST).unwrap();
        assert!(file.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"));
        assert_eq!(shown(&unseal(file.as_bytes(), &right).unwrap()), shown(&sample()));
    }

    /// The one slow test: what is shipped must open again within age's own bounds.
    #[test]
    fn items_survive_the_usual_work() {
        let right = SecretValue::new("right");
        let file = seal(&sample(), &right, Work::Usual).unwrap();
        assert_eq!(shown(&unseal(file.as_bytes(), &right).unwrap()), shown(&sample()));
        assert_eq!(factor(&file), "18");
    }

    /// The last word of age's scrypt stanza, which is the second line of its header.
    fn factor(file: &str) -> String {
        let mut header = [0; 128];
        ArmoredReader::new(file.as_bytes()).read_exact(&mut header).unwrap();
        let header = String::from_utf8_lossy(&header).into_owned();
        header.lines().nth(1).unwrap().rsplit(' ').next().unwrap().to_owned()
    }

    #[test]
    fn the_plain_form_fits_the_room_made_for_it() {
        let text = write(&sample());
        assert!(text.len() <= text.capacity());
        assert_eq!(shown(&parse(&text).unwrap()), shown(&sample()));
        assert_eq!(write(&Items::new()).as_str(), HEADING);
    }

    #[test]
    fn a_wrong_passphrase_is_told_from_damage() {
        let file = seal(&sample(), &SecretValue::new("right"), FAST).unwrap();
        let wrong = unseal(file.as_bytes(), &SecretValue::new("wrong"));
        assert!(matches!(wrong, Err(Problem::WrongPassphrase)));
    }

    #[test]
    fn an_age_file_of_something_else_is_not_ours() {
        let right = SecretValue::new("right");
        let mut recipient = scrypt::Recipient::new(for_age(&right));
        recipient.set_work_factor(2);
        let file = age::encrypt_and_armor(&recipient, b"a letter").unwrap();
        assert!(matches!(unseal(file.as_bytes(), &right), Err(Problem::Corrupted(_))));
    }
}
