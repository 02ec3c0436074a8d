//! The one look at every byte: could a word of a rule, or a known value, be here?
//!
//! A leak scan reads whole repositories, so what is done for each byte decides how long it takes. Here that is one look-up
//! by three bytes in a table that stays in the processor's nearest cache, whatever is sought and however much of it. (An
//! automaton of all words took three times as long: its table does not stay there, and each step waits for the one
//! before.) Capitals and small letters are one, so it lets too much through, and never too little.

/// Bits that three bytes are turned into. 16 KiB fit beside what is read; one bit for each of 2¹⁶ slots was half as fast.
pub(super) const SLOT_BITS: u32 = 14;

/// Of 3,000 odd numbers the one with which frequent bytes fell on slots of words most rarely: 0.6 % of them in 47 MB of
/// sources, where the words themselves are 0.2 %, and others gave 1 to 2 %.
const TIMES: u32 = 0x8499_7d85;

/// A known value may begin here.
pub(super) const VALUE: u8 = 0x80;

/// Groups of words; the number of one, from 1 on, is what the other bits hold.
pub(super) const GROUPS: usize = 0x7f;

/// Bytes of text from the most frequent to rarer ones, as counted in 480 MB of sources; what is not among them is rare.
const FREQUENT: &[u8] = b"etaionsrlcdpumfh_gb.ykvw:,()0;/1-=2x&34\"'q<>z85697j";

/// What may be where three bytes are, by their slot.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    open: Vec<u8>,
}

/// The slot of the first three of these bytes.
#[inline]
pub(super) fn slot(four: [u8; 4]) -> usize {
    let folded = (u32::from_le_bytes(four) | 0x0020_2020) << 8;
    (folded.wrapping_mul(TIMES) >> (u32::BITS - SLOT_BITS)) as usize
}

/// Where in a word of small letters, of three bytes or more, the three stand that are probably the rarest; and their slot.
pub(super) fn rarest(word: &[u8]) -> Option<(usize, usize)> {
    let rare = |byte: &u8| FREQUENT.iter().position(|known| known == byte).unwrap_or(FREQUENT.len());
    let sum = |three: &[u8; 3]| three.iter().map(rare).sum::<usize>();
    let (offset, three) = word.array_windows::<3>().enumerate().max_by_key(|(_, three)| sum(three))?;
    Some((offset, slot([three[0], three[1], three[2], 0])))
}

impl Gate {
    pub fn new() -> Self {
        Self { open: vec![0; 1 << SLOT_BITS] }
    }

    /// Opens it for a word; answers the word's group.
    pub fn open_for_word(&mut self, slot: usize) -> u8 {
        let group = u8::try_from(slot % GROUPS + 1).unwrap_or(1);
        self.open[slot] = self.open[slot] & VALUE | group;
        group
    }

    pub fn open_for_value(&mut self, slot: usize) {
        self.open[slot] |= VALUE;
    }

    /// Calls `hear` with each place where something may be, and what. Fewer than three bytes are not looked at.
    #[inline]
    pub fn each(&self, text: &[u8], mut hear: impl FnMut(usize, u8)) {
        let Ok(open) = <&[u8; 1 << SLOT_BITS]>::try_from(&self.open[..]) else { return };
        for (place, four) in text.array_windows::<4>().enumerate() {
            let what = open[slot(*four)];
            if what != 0 {
                hear(place, what);
            }
        }
        if let Some([one, two, three]) = text.last_chunk::<3>() {
            let what = open[slot([*one, *two, *three, 0])];
            if what != 0 {
                hear(text.len() - 3, what);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_open_wherever_something_may_be_and_nearly_nowhere_else() {
        let mut gate = Gate::new();
        let (ghp, xyz) = (slot(*b"GhP?"), slot(*b"xyz\0"));
        let group = gate.open_for_word(ghp);
        gate.open_for_value(xyz);
        let heard = |gate: &Gate, text: &[u8]| {
            let mut all = Vec::new();
            gate.each(text, |place, what| all.push((place, what)));
            all
        };
        assert_eq!(heard(&gate, b"ghp XYZ, ghP"), [(0, group), (4, VALUE), (9, group)]);
        assert_eq!((heard(&gate, b"gh"), heard(&gate, b"")), (vec![], vec![]));
        let other: Vec<u8> = (0..60_000_u32).flat_map(|number| (number * 7919).to_le_bytes()).collect();
        assert!(heard(&gate, &other).len() < other.len() / 1000);
        gate.open_for_value(ghp);
        gate.open_for_word(ghp);
        assert_eq!(heard(&gate, b"ghp"), [(0, group | VALUE)]);
    }

    #[test]
    fn a_word_is_known_by_its_rarest_three_bytes() {
        assert_eq!(rarest(b"https://"), Some((5, slot(*b"://?"))));
        assert_eq!(rarest(b"aws_secret_key").map(|(offset, _)| offset), Some(1));
        assert_eq!(rarest(b"ab"), None);
    }
}
