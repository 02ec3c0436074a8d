//! What is under way, and how far it is.
//!
//! The rule: a task is listed from the wish to its answer, or until it is given up, so what is said of waiting cannot be
//! forgotten for any of them.

use super::{Effect, Job, Work};

/// Names one run of one job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskId(u64);

/// Hands out task ids, each once, and knows which are under way.
#[derive(Debug, Default)]
pub struct Tasks {
    last: u64,
    under_way: Vec<UnderWay>,
}

/// One that has no answer yet.
#[derive(Clone, Debug)]
pub struct UnderWay {
    pub id: TaskId,
    pub work: Work,
    /// A person has begun to wonder.
    pub long: bool,
    /// So many of so many, where there is something to count.
    pub count: Option<(usize, usize)>,
}

impl Tasks {
    pub fn next(&mut self) -> TaskId {
        self.last += 1;
        TaskId(self.last)
    }

    /// Notes what these wishes begin and give up.
    pub fn wished(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Start(id, job) => self.began(*id, job),
                Effect::Cancel(id) => self.ended(*id),
                _ => {}
            }
        }
    }

    fn began(&mut self, id: TaskId, job: &Job) {
        self.under_way.push(UnderWay { id, work: job.work(), long: false, count: None });
    }

    /// It was answered, or given up.
    pub fn ended(&mut self, id: TaskId) {
        self.under_way.retain(|task| task.id != id);
    }

    pub fn grew_long(&mut self, id: TaskId) {
        self.find(id).into_iter().for_each(|task| task.long = true);
    }

    pub fn counted(&mut self, id: TaskId, done: usize, all: usize) {
        self.find(id).into_iter().for_each(|task| task.count = Some((done, all)));
    }

    fn find(&mut self, id: TaskId) -> Option<&mut UnderWay> {
        self.under_way.iter_mut().find(|task| task.id == id)
    }

    pub fn count(&self, id: Option<TaskId>) -> Option<(usize, usize)> {
        self.under_way.iter().find(|task| Some(task.id) == id)?.count
    }

    /// In the order they began.
    pub fn under_way(&self) -> &[UnderWay] {
        &self.under_way
    }
}
