//! Forms of many bytes, followed by themselves.
//!
//! A state of the automaton takes some 200 bytes for each byte of a form, and twenty private keys have 800,000 of them. So the
//! automaton knows the beginning of a long form alone, and from there on the form is compared with what comes (Knuth, Morris
//! and Pratt 1977: five bytes for each of its own, and never a step back in the stream).

/// A form that the automaton knows the beginning of.
pub(super) struct Long {
    form: Vec<u8>,
    /// For each length: of what has come then, how much of its end may be a beginning of the form again.
    falls: Vec<u32>,
    /// The bytes that the automaton knows.
    head: usize,
}

impl Long {
    pub fn new(form: Vec<u8>, head: usize) -> Self {
        let mut falls = vec![0; form.len() + 1];
        let mut border = 0;
        for at in 1..form.len() {
            while border > 0 && form[at] != form[border] {
                border = falls[border] as usize;
            }
            border += usize::from(form[at] == form[border]);
            falls[at + 1] = border as u32;
        }
        Self { form, falls, head }
    }

    pub fn len(&self) -> usize {
        self.form.len()
    }

    /// How much of the form stands at the end of the stream once `byte` has come after `seen` of it; nothing where that is
    /// for the automaton to say.
    fn after(&self, mut seen: usize, byte: u8) -> Option<usize> {
        while self.form.get(seen) != Some(&byte) {
            seen = self.falls[seen] as usize;
            if seen < self.head {
                return None;
            }
        }
        Some(seen + 1)
    }
}

/// Long forms that may stand at the end of the stream, and how much of each.
#[derive(Default)]
pub(super) struct Open(Vec<(usize, usize)>);

impl Open {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A form whose beginning has just been seen; what is followed already has seen more.
    pub fn begin(&mut self, form: usize, head: usize) {
        if !self.0.iter().any(|(open, _)| *open == form) {
            self.0.push((form, head));
        }
    }

    /// The next byte. The length of the longest form that ends with it.
    pub fn feed(&mut self, all: &[Long], byte: u8) -> Option<usize> {
        self.0.retain_mut(|(form, seen)| match all[*form].after(*seen, byte) {
            Some(now) => {
                *seen = now;
                true
            }
            None => false,
        });
        self.0.iter().filter(|(form, seen)| *seen == all[*form].len()).map(|(_, seen)| *seen).max()
    }

    /// How many bytes may belong to a form.
    pub fn depth(&self) -> usize {
        self.0.iter().map(|(_, seen)| *seen).max().unwrap_or(0)
    }
}

/// What the end of a pattern of the automaton means.
#[derive(Default)]
pub(super) struct Ending {
    /// A form ends here.
    pub whole: bool,
    /// Long forms begin here.
    pub longs: Vec<usize>,
}
