//! A passphrase handed over in an open descriptor, such as a parent's pipe or `3<file`.
//!
//! Owns `DEVSECRETS_PASSPHRASE_FD`. One line is read and not a byte more, so whatever follows it is still there for
//! whoever owns the descriptor. It is closed for the programs we start: what it holds is not theirs.

use crate::secret::SecretValue;

use super::Problem;

/// Names an open descriptor whose first line is the passphrase.
pub(super) const FD_VARIABLE: &str = "DEVSECRETS_PASSPHRASE_FD";

/// Longest line that is read, in bytes.
#[cfg(unix)]
const LONGEST: usize = 4096;

/// Standard input, output and error belong to the children, too.
#[cfg(unix)]
const STANDARD: std::os::fd::RawFd = 2;

/// Keeps the descriptor from the programs we start. A number that names none is told by [`first_line`].
#[cfg(unix)]
pub(super) fn close_for_children(number: &str) {
    use nix::fcntl::{FcntlArg, FdFlag, fcntl};
    if let Ok(number) = number.trim().parse()
        && number > STANDARD
    {
        let _ = fcntl(number, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC));
    }
}

#[cfg(not(unix))]
pub(super) fn close_for_children(_: &str) {}

/// The descriptor a path stands for, if it stands for one.
pub(super) fn number_in(path: &str) -> Option<&str> {
    let folders = ["/dev/fd/", "/proc/self/fd/"];
    let number = folders.iter().find_map(|folder| path.trim().strip_prefix(folder))?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(number)
}

/// The line without its end (LF or CRLF); other white space belongs to the passphrase.
#[cfg(unix)]
pub(super) fn first_line(number: &str) -> Result<SecretValue, Problem> {
    use std::io;

    let doing = || format!("read the passphrase from the descriptor `{number}` of {FD_VARIABLE}");
    let unfit = |says: &str| Problem::io(doing())(io::Error::new(io::ErrorKind::InvalidInput, says));
    let descriptor = number.trim().parse().map_err(|_| unfit("it is not a number"))?;
    // The full size at once: growing would leave copies behind.
    let mut line = zeroize::Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut byte = zeroize::Zeroizing::new([0; 1]);
    while line.len() < LONGEST {
        match nix::unistd::read(descriptor, &mut byte[..]) {
            Ok(0) => break,
            Ok(_) if byte[0] == b'\n' => break,
            Ok(_) => line.push(byte[0]),
            Err(nix::errno::Errno::EINTR) => {}
            Err(error) => return Err(Problem::io(doing())(error.into())),
        }
    }
    let text = str::from_utf8(&line).map_err(|_| unfit("it is not UTF-8"))?;
    Ok(SecretValue::new(text.strip_suffix('\r').unwrap_or(text)))
}

#[cfg(not(unix))]
pub(super) fn first_line(_: &str) -> Result<SecretValue, Problem> {
    let says = format!("{FD_VARIABLE} is for Unix; name a file in {}", super::passphrase::FILE_VARIABLE);
    Err(Problem::io("read the passphrase")(std::io::Error::new(std::io::ErrorKind::Unsupported, says)))
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::io::{Read as _, Seek as _, Write as _};
    use std::os::fd::AsRawFd as _;

    use super::*;

    fn holding(bytes: &[u8]) -> std::fs::File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        file
    }

    #[test]
    fn one_line_is_taken_and_the_rest_left() {
        let mut file = holding(b" two words \r\nnot ours\n");
        let line = first_line(&file.as_raw_fd().to_string()).unwrap();
        assert!(line.same_as(&SecretValue::new(" two words ")));
        let mut rest = String::new();
        file.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "not ours\n");
    }

    #[test]
    fn a_last_line_may_be_without_an_end() {
        let line = first_line(&holding(b"canary").as_raw_fd().to_string()).unwrap();
        assert!(line.same_as(&SecretValue::new("canary")));
    }

    #[test]
    fn a_path_may_stand_for_a_descriptor() {
        assert_eq!((number_in("/dev/fd/63"), number_in("/proc/self/fd/3")), (Some("63"), Some("3")));
        assert_eq!((number_in("/home/a/3"), number_in("/dev/fd/3/x")), (None, None));
    }

    #[test]
    fn what_is_no_descriptor_is_said_by_its_variable() {
        for (number, why) in [("three", "it is not a number"), ("-1", "Bad file descriptor")] {
            let says = first_line(number).unwrap_err().to_string();
            assert!(says.contains(FD_VARIABLE) && says.contains(why), "{says}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_unseen() {
        let problem = first_line(&holding(b"canary\xff\n").as_raw_fd().to_string()).unwrap_err();
        assert!(!format!("{problem} {problem:?}").contains("canary"), "{problem:?}");
    }
}
