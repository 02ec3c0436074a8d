//! May a store run a program of its own? Asked once for each, before the store is asked for anything.
//!
//! A no is for this run: the store stays out, and its variables say why.

use crate::finding::Finding;
use crate::onboard::Program;
use crate::tui::effect::{Effect, Job};
use crate::tui::model::Model;
use crate::tui::overlays::{Asked, Question};
use crate::tui::walk;

/// Asks about the next one that nobody has agreed to.
pub fn ask(model: &mut Model) {
    if next(model).is_some() {
        model.waiting.get_or_insert(Question::Program);
    }
}

fn next(model: &Model) -> Option<&Program> {
    model.facts.outline.as_ref()?.programs.first()
}

/// How it is asked.
pub fn question(model: &Model) -> Option<Asked> {
    let program = next(model)?;
    let words = program
        .command
        .iter()
        .map(|word| if word.contains(' ') { format!("{word:?}") } else { word.clone() });
    let mut says = vec![
        format!("The store {} of this project runs a program:", program.store),
        words.collect::<Vec<_>>().join(" "),
        format!("program  {}", program.program),
    ];
    for (label, list) in [("{id}", &program.ids), ("sees", &program.sees), ("files", &program.files)] {
        if !list.is_empty() {
            says.push(format!("{label}  {}", list.join(", ")));
        }
    }
    says.push(
        "It is asked once for this project and this call; devsecrets profile trust --withdraw takes it back."
            .to_owned(),
    );
    Some(Asked { title: "Let it run?".to_owned(), says, answers: ("let it run", "not now") })
}

/// The person's answer.
pub fn agreed(model: &mut Model, yes: bool) -> Vec<Effect> {
    let Some(outline) = model.facts.outline.as_mut().filter(|outline| !outline.programs.is_empty()) else {
        return Vec::new();
    };
    let program = outline.programs.remove(0);
    ask(model);
    match yes {
        true => vec![Effect::Start(model.tasks.next(), Job::Allow(Box::new(program)))],
        false => Vec::new(),
    }
}

/// The store may be asked now, so everything is read again.
pub fn allowed(model: &mut Model, answer: Result<(), Finding>) -> Vec<Effect> {
    if let Err(problem) = answer {
        model.window.toasts.failed(problem.says);
    }
    walk::reread(&mut model.facts);
    vec![walk::read(&mut model.facts, &mut model.tasks)]
}
