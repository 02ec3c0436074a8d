//! Sealing former contents: XChaCha20-Poly1305 under a key of the identity's own for this purpose.
//!
//! The path is bound in as associated data, so an entry cannot bring one file's secrets back as another's.

use std::io;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::TryRng as _;
use zeroize::Zeroizing;

use crate::identity::Identity;

const PURPOSE: &str = "undo";
const NONCE: usize = 24;

/// Base64 of nonce and ciphertext.
pub(super) fn seal(identity: &Identity, path: &Path, bytes: &[u8]) -> io::Result<String> {
    let mut nonce = [0; NONCE];
    rand::rngs::SysRng.try_fill_bytes(&mut nonce).map_err(io::Error::other)?;
    let bound = path.as_os_str().as_encoded_bytes();
    let sealed = cipher(identity)
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: bytes, aad: bound })
        .map_err(|_| io::Error::other("it is too large to seal"))?;
    Ok(BASE64_STANDARD.encode([nonce.as_slice(), &sealed].concat()))
}

pub(super) fn open(identity: &Identity, path: &Path, text: &str) -> io::Result<Zeroizing<Vec<u8>>> {
    let broken = || io::Error::other("it was sealed by another identity, or is damaged");
    let bytes = BASE64_STANDARD.decode(text).map_err(|_| broken())?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or_else(broken)?;
    let payload = Payload { msg: sealed, aad: path.as_os_str().as_encoded_bytes() };
    cipher(identity).decrypt(XNonce::from_slice(nonce), payload).map(Zeroizing::new).map_err(|_| broken())
}

fn cipher(identity: &Identity) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&*identity.key_for(PURPOSE)).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_identity_opens_the_same_file() {
        let (mine, other) = (Identity::from_root([1; 32]), Identity::from_root([2; 32]));
        let (path, elsewhere) = (Path::new("/p/.env"), Path::new("/p/other"));
        let sealed = seal(&mine, path, b"KEY=canary-77\n").unwrap();
        assert!(!sealed.contains("canary"));
        assert_eq!(*open(&mine, path, &sealed).unwrap(), b"KEY=canary-77\n");
        assert!(open(&other, path, &sealed).is_err());
        assert!(open(&mine, elsewhere, &sealed).is_err());
        assert!(open(&mine, path, "????").is_err());
        assert!(open(&mine, path, "").is_err());
    }
}
