//! What a managed store says of one variable.

use super::{Asked, Held, NoValue, Question};
use crate::stores::{Answer, Miss, steers};

impl Question<'_> {
    pub(super) fn store(&self, index: usize) -> Asked {
        let answers = match self.sources.stores[index].answers.get(self.service) {
            None => return Ok(None),
            // What says where to look is not looked for there.
            Some(Err(_)) if steers(self.name) => return Ok(None),
            Some(Err(why)) => return Err(NoValue::NotAsked(why.clone())),
            Some(Ok(answers)) => answers,
        };
        let guide = self.guides.get(index);
        if let Some(place) = guide.and_then(|guide| guide.held.get(self.name))
            && let (id, Ok(payload)) = &answers[*place]
            && let Some(value) = payload.values.get(self.name)
        {
            let held = Held::new(value.clone(), Some(id.clone()));
            return Ok(Some(Held { since: payload.since, cached: payload.cached, ..held }));
        }
        if let Some(place) = guide.and_then(|guide| guide.missed.get(self.name)) {
            let (id, answer) = &answers[*place];
            return Err(self.lack(id, answer));
        }
        // Of secrets that tell as much, the first.
        let telling = answers.iter().min_by_key(|(_, answer)| self.silence(answer));
        telling.map_or(Ok(None), |(id, answer)| Err(self.lack(id, answer)))
    }

    /// How little an answer without our value tells about it.
    fn silence(&self, answer: &Answer) -> u8 {
        match answer {
            // Here it is, though of no use.
            Ok(payload) if payload.spoils(self.name) => 0,
            // It may have it.
            Err(miss) if !matches!(miss, Miss::NotThere { .. }) => 1,
            Ok(payload) if payload.broken_object => 1,
            Err(_) => 2,
            Ok(_) => 3,
        }
    }

    fn lack(&self, id: &str, answer: &Answer) -> NoValue {
        let id = id.to_owned();
        match answer {
            Err(miss) => NoValue::Store(miss.clone()),
            Ok(payload) if payload.unusable.iter().any(|key| key == self.name) => NoValue::NotText { id },
            Ok(payload) if payload.spoils(self.name) => NoValue::Twice { id },
            Ok(payload) if payload.broken_object => NoValue::BrokenObject { id },
            Ok(_) => NoValue::NoSuchKey { id },
        }
    }
}
