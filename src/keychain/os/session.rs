//! An encrypted session with the Secret Service, so that no value crosses the bus in the clear.
//!
//! Owns the key agreement and the opening of what comes back: `dh-ietf1024-sha256-aes128-cbc-pkcs7` of the Secret Service
//! API 0.2, the one encrypted algorithm it knows. It keeps values out of bus monitors and logs; it is no defence against
//! another program of the same person, which may simply ask for the items itself.

use aes::Aes128;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt as _, KeyIvInit as _};
use hkdf::Hkdf;
use num_bigint::BigUint;
use rand::TryRng as _;
use rand::rngs::SysRng;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Its name on the bus.
pub(super) const ALGORITHM: &str = "dh-ietf1024-sha256-aes128-cbc-pkcs7";

/// Length of the numbers that are exchanged, in bytes.
const BYTES: usize = 128;

/// The second Oakley group, RFC 2409 §6.2; its generator is 2.
const PRIME: &str = "\
    ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd\
    ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed\
    ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff";

/// Our half of an agreement.
pub(super) struct Offer {
    private: BigUint,
    prime: BigUint,
}

/// What both sides agreed on.
pub(super) struct Key(Zeroizing<[u8; 16]>);

impl Offer {
    /// `None` when the system has no random bytes.
    pub(super) fn new() -> Option<Self> {
        let mut private = Zeroizing::new([0; BYTES]);
        SysRng.try_fill_bytes(&mut private[..]).ok()?;
        let prime = BigUint::parse_bytes(PRIME.as_bytes(), 16)?;
        Some(Self { private: BigUint::from_bytes_be(&private[..]), prime })
    }

    /// What the other side is told.
    pub(super) fn public(&self) -> Vec<u8> {
        BigUint::from(2_u8).modpow(&self.private, &self.prime).to_bytes_be()
    }

    /// The key that follows from the other side's number; `None` for one that would give the key away.
    pub(super) fn agree(&self, theirs: &[u8]) -> Option<Key> {
        let theirs = BigUint::from_bytes_be(theirs);
        let one = BigUint::from(1_u8);
        if theirs <= one || theirs >= &self.prime - &one {
            return None;
        }
        let shared = Zeroizing::new(theirs.modpow(&self.private, &self.prime).to_bytes_be());
        let mut padded = Zeroizing::new([0; BYTES]);
        padded[BYTES - shared.len()..].copy_from_slice(&shared);
        let mut key = Zeroizing::new([0; 16]);
        Hkdf::<Sha256>::new(None, &padded[..]).expand(&[], &mut key[..]).ok()?;
        Some(Key(key))
    }
}

impl Key {
    /// What was sealed with this key; `None` when it was not.
    pub(super) fn open(&self, iv: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let opener = cbc::Decryptor::<Aes128>::new_from_slices(&self.0[..], iv).ok()?;
        opener.decrypt_padded_vec::<Pkcs7>(sealed).ok().map(Zeroizing::new)
    }
}

#[cfg(test)]
mod tests {
    use aes::cipher::BlockModeEncrypt as _;

    use super::*;

    #[test]
    fn both_sides_come_to_the_same_key() {
        let (mine, theirs) = (Offer::new().unwrap(), Offer::new().unwrap());
        let (one, other) = (mine.agree(&theirs.public()).unwrap(), theirs.agree(&mine.public()).unwrap());
        assert_eq!(one.0, other.0);
        let iv = [7; 16];
        let sealer = cbc::Encryptor::<Aes128>::new_from_slices(&one.0[..], &iv).unwrap();
        let sealed = sealer.encrypt_padded_vec::<Pkcs7>(b"canary");
        assert_eq!(&other.open(&iv, &sealed).unwrap()[..], b"canary");
        assert!(other.open(&iv, &sealed[..8]).is_none() && other.open(&iv[..8], &sealed).is_none());
    }

    #[test]
    fn a_number_that_gives_the_key_away_is_refused() {
        let mine = Offer::new().unwrap();
        let last = &mine.prime - BigUint::from(1_u8);
        for theirs in [vec![], vec![0], vec![1], last.to_bytes_be(), mine.prime.to_bytes_be()] {
            assert!(mine.agree(&theirs).is_none());
        }
    }
}
