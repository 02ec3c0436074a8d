//! Showing the words, and asking for three of them.

use rand::seq::{IndexedRandom as _, SliceRandom as _};

use super::{Page, grid, lost};
use crate::finding::Finding;
use crate::identity::{Phrase, WORDS};

/// Words that are asked for once all were shown.
const ASKED: usize = 3;

/// True when the words were written down and three of them given back.
///
/// # Errors
/// When there is no terminal to show them on.
pub fn show(phrase: &Phrase) -> Result<bool, Finding> {
    let mut page = Page::open()?;
    phrase.expose_to(|words| ceremony(&mut page, words)).map_err(lost)
}

fn ceremony(page: &mut Page, words: &[&'static str]) -> std::io::Result<bool> {
    let mut remark = "";
    loop {
        page.show(&shown(words, remark))?;
        if page.line("Enter once they are on paper, Esc to leave ")?.is_none() {
            return Ok(false);
        }
        match checked(page, words)? {
            Answer::Right => return Ok(true),
            Answer::Left => return Ok(false),
            Answer::Wrong => remark = "That was not the word. Look at what you wrote once more.\n\n",
        }
    }
}

fn shown(words: &[&str], remark: &str) -> zeroize::Zeroizing<String> {
    let grid = grid(words);
    let head = "Your recovery phrase\n\n\
                Write these 24 words on paper, in order, and nowhere else.\n\
                Whoever has them can derive every development secret of\n\
                yours. They leave the screen when you do.\n\n";
    let mut text = zeroize::Zeroizing::new(String::with_capacity(remark.len() + head.len() + grid.len() + 1));
    text.push_str(remark);
    text.push_str(head);
    text.push_str(&grid);
    text.push('\n');
    text
}

enum Answer {
    Right,
    Wrong,
    Left,
}

fn checked(page: &mut Page, words: &[&str]) -> std::io::Result<Answer> {
    page.show("Your recovery phrase\n\nThree words of what you wrote, to be sure of it.\n\n")?;
    for at in positions() {
        let Some(typed) = page.line(&format!("Word {}: ", at + 1))? else { return Ok(Answer::Left) };
        if !typed.expose_to(|typed| typed.trim().eq_ignore_ascii_case(words[at])) {
            return Ok(Answer::Wrong);
        }
        page.show("Your recovery phrase\n\nRight. The next one.\n\n")?;
    }
    Ok(Answer::Right)
}

/// Different ones every time, so that nobody writes down three words alone; in the order of the paper.
fn positions() -> Vec<usize> {
    let all: Vec<usize> = (0..WORDS).collect();
    let mut some: Vec<usize> = all.sample(&mut rand::rng(), ASKED).copied().collect();
    some.shuffle(&mut rand::rng());
    some.sort_unstable();
    some
}
