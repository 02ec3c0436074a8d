//! From a page of `codes/` to its entries.
//!
//! The form is a fixed piece of Markdown: a heading for the family, and under a heading for each code its meaning,
//! then `**Causes**`, `**Next**` and `**Solved when** …`. What does not fit is told as a fault, which the tests look at;
//! at run time the rest of the page still serves.

use super::{Entry, Family};
use crate::finding::Remedy;

/// What does not fit the form, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    pub says: String,
}

/// Where in an entry a line belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Means,
    Causes,
    Next,
    Solved,
}

/// The family, and what of its page does not fit the form.
pub fn parse(text: &'static str) -> (Family, Vec<Fault>) {
    let mut family = Family { name: "", title: "", entries: Vec::new() };
    let (mut part, mut faults) = (Part::Means, Vec::new());
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut fault = |says: &str| faults.push(Fault { line: index + 1, says: says.to_owned() });
        if let Some(heading) = line.strip_prefix("# ") {
            match heading.split_once(" · ") {
                Some((name, title)) => (family.name, family.title) = (name, title),
                None => fault("a page opens with `# DS-NAME · what it is about`"),
            }
        } else if let Some(heading) = line.strip_prefix("## ") {
            part = Part::Means;
            match heading.split_once(" · ") {
                Some((code, title)) => family.entries.push(empty(code, title)),
                None => fault("a code's heading is `## DS-NAME-01 · what is so`"),
            }
        } else if !family.entries.last_mut().is_some_and(|entry| add(entry, &mut part, line)) {
            fault("expected a sentence, `* item`, `**Causes**`, `**Next**` or `**Solved when** …`");
        }
    }
    (family, faults)
}

fn empty(code: &'static str, title: &'static str) -> Entry {
    let (means, solved) = (String::new(), String::new());
    Entry { code, title, means, causes: Vec::new(), next: Vec::new(), solved }
}

/// False when the line has no place there.
fn add(entry: &mut Entry, part: &mut Part, line: &str) -> bool {
    let item = line.strip_prefix("* ");
    match (line, *part) {
        ("**Causes**", Part::Means) => *part = Part::Causes,
        ("**Next**", Part::Causes) => *part = Part::Next,
        (_, Part::Next) if line.starts_with("**Solved when** ") => {
            *part = Part::Solved;
            join(&mut entry.solved, line.trim_start_matches("**Solved when** "));
        }
        (_, Part::Causes) if item.is_some() => entry.causes.extend(item.map(str::to_owned)),
        (_, Part::Next) if item.is_some() => entry.next.extend(item.map(step)),
        (_, Part::Means) if !line.starts_with(['*', '#']) => join(&mut entry.means, line),
        (_, Part::Solved) if !line.starts_with(['*', '#']) => join(&mut entry.solved, line),
        _ => return false,
    }
    true
}

fn join(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(line.trim());
}

/// ``ask for a new code: `devsecrets login` `` ends in a command.
fn step(item: &str) -> Remedy {
    let command = item.strip_suffix('`').and_then(|rest| rest.rsplit_once(": `"));
    match command {
        Some((says, command)) if !command.contains('`') => Remedy::run(says, command),
        _ => Remedy::says(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
# DS-X · Examples

## DS-X-01 · It is so

One sentence.
And another.

**Causes**

* the `one`
* the other

**Next**

* look: `ls -l`
* use `a` or `b`

**Solved when** it is gone.
";

    #[test]
    fn a_page_becomes_entries() {
        let (family, faults) = parse(PAGE);
        assert_eq!(faults, []);
        assert_eq!((family.name, family.title), ("DS-X", "Examples"));
        let entry = &family.entries[0];
        assert_eq!((entry.code, entry.title), ("DS-X-01", "It is so"));
        assert_eq!(entry.means, "One sentence. And another.");
        assert_eq!(entry.causes, ["the `one`", "the other"]);
        assert_eq!(entry.next, [Remedy::run("look", "ls -l"), Remedy::says("use `a` or `b`")]);
        assert_eq!(entry.solved, "it is gone.");
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_line() {
        let faults = |text| parse(text).1.iter().map(|fault| fault.line).collect::<Vec<_>>();
        assert_eq!(faults("# no name\n"), [1]);
        assert_eq!(faults("# DS-X · X\nstray\n"), [2]);
        assert_eq!(faults("# DS-X · X\n## DS-X-01\n"), [2]);
        assert_eq!(faults("# DS-X · X\n## DS-X-01 · a\n**Next**\n**Causes**\n* a\nstray\n"), [3, 6]);
    }
}
