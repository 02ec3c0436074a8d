//! Many ids in few requests: batches side by side, then one by one what may not be read in a batch.

use super::deadline::side_by_side;
use super::{Answer, Answers, Deadline, Progress};

/// A service that answers for several ids at once, and for one.
pub(super) trait Batched {
    /// Most ids of one request.
    const SIZE: usize;

    /// Up to [`Batched::SIZE`] ids; `None` where they have to be read one by one.
    async fn batch(&self, ids: &[String], deadline: Deadline) -> Option<Answers>;

    async fn single(&self, id: &str, deadline: Deadline) -> Answer;

    /// Who hears of each answer.
    fn progress(&self) -> &Progress;
}

/// Each of `ids` once, in any order.
pub(super) async fn all<S: Batched>(store: &S, ids: Vec<String>, deadline: Deadline) -> Answers {
    let (mut answers, mut singly) = (Answers::new(), Vec::new());
    if let [id] = &*ids {
        singly.push(id);
    } else {
        let asked = ids.chunks(S::SIZE).map(|ids| async move {
            let batch = store.batch(ids, deadline).await;
            store.progress().answered(batch.as_ref().map_or(0, Vec::len));
            (ids, batch)
        });
        for (ids, batch) in side_by_side(asked).await {
            match batch {
                Some(batch) => answers.extend(batch),
                None => singly.extend(ids),
            }
        }
    }
    let each = singly.into_iter().map(|id| async move {
        let answer = store.single(id, deadline).await;
        store.progress().answered(1);
        (id.clone(), answer)
    });
    answers.extend(side_by_side(each).await);
    answers
}
