//! Sealing: XChaCha20-Poly1305 under a key of the identity's own for each purpose.
//!
//! What the bytes belong to is bound in as associated data, so sealed bytes in another place open as nothing.

use std::io;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::TryRng as _;
use zeroize::Zeroizing;

use super::Identity;

const NONCE: usize = 24;

impl Identity {
    /// Base64 of nonce and ciphertext.
    ///
    /// # Errors
    /// When the system has no random bytes, or there is more than the cipher takes.
    pub fn seal(&self, purpose: &str, bound: &[u8], bytes: &[u8]) -> io::Result<String> {
        let mut nonce = [0; NONCE];
        rand::rngs::SysRng.try_fill_bytes(&mut nonce).map_err(io::Error::other)?;
        let payload = Payload { msg: bytes, aad: bound };
        let sealed = self.cipher(purpose).encrypt(XNonce::from_slice(&nonce), payload);
        let sealed = sealed.map_err(|_| io::Error::other("it is too large to seal"))?;
        Ok(BASE64_STANDARD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// What was sealed for `purpose` and `bound`.
    ///
    /// # Errors
    /// When another identity sealed it, for something else, or it is damaged.
    pub fn unseal(&self, purpose: &str, bound: &[u8], text: &str) -> io::Result<Zeroizing<Vec<u8>>> {
        let broken = || io::Error::other("it was sealed by another identity, or is damaged");
        let bytes = BASE64_STANDARD.decode(text).map_err(|_| broken())?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or_else(broken)?;
        let payload = Payload { msg: sealed, aad: bound };
        let opened = self.cipher(purpose).decrypt(XNonce::from_slice(nonce), payload);
        opened.map(Zeroizing::new).map_err(|_| broken())
    }

    fn cipher(&self, purpose: &str) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.key_for(purpose)).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_identity_opens_the_same_thing() {
        let (mine, other) = (Identity::from_root([1; 32]), Identity::from_root([2; 32]));
        let sealed = mine.seal("undo", b"/p/.env", b"KEY=canary-77\n").unwrap();
        assert!(!sealed.contains("canary"));
        assert_eq!(*mine.unseal("undo", b"/p/.env", &sealed).unwrap(), b"KEY=canary-77\n");
        assert!(other.unseal("undo", b"/p/.env", &sealed).is_err());
        assert!(mine.unseal("undo", b"/p/other", &sealed).is_err());
        assert!(mine.unseal("offline", b"/p/.env", &sealed).is_err());
        assert!(mine.unseal("undo", b"/p/.env", "????").is_err());
        assert!(mine.unseal("undo", b"/p/.env", "").is_err());
    }
}
