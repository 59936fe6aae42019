//! A case that is told fact by fact: what changes crosses, and nothing else.

use napi_derive::napi;
use thutuc::compile::program::Slot;
use thutuc::model::Language;
use thutuc::wire::{Session, moment};

use crate::refusal::{guarded, of_request};

/// Words of JavaScript, lent for the time of a call.
type Words<'a> = &'a mut [i32];

/// A case of one procedure that stays with the engine.
#[napi]
pub struct NativeSession {
    session: Session,
    language: Language,
}

impl NativeSession {
    /// Wraps a case.
    pub fn new(session: Session, language: Language) -> NativeSession {
        NativeSession { session, language }
    }
}

#[napi]
impl NativeSession {
    /// Changes the day the law is read and the moment of receipt.
    #[napi]
    pub fn at(&mut self, as_of: String, received_at: Option<String>) -> napi::Result<()> {
        guarded(|| {
            self.session.at(moment(&as_of, received_at.as_deref()).map_err(of_request(self.language))?);
            Ok(())
        })
    }

    /// Tells a fact as a state and a number, decides, and writes the words of the verdict: which of them changed.
    #[napi]
    pub fn set(&mut self, slot: u16, state: u8, number: f64, words: Words) -> napi::Result<u32> {
        guarded(|| {
            self.session.set(Slot(slot), state, number);
            self.read(words)
        })
    }

    /// As `set`, of a fact as JSON text.
    #[napi]
    pub fn set_json(&mut self, slot: u16, value: String, words: Words) -> napi::Result<u32> {
        guarded(|| {
            self.session.set_json(Slot(slot), &value);
            self.read(words)
        })
    }

    /// What is wrong with the facts.
    #[napi]
    pub fn problems(&self) -> napi::Result<String> {
        guarded(|| Ok(serde_json::to_string(&self.session.problems(self.language)).unwrap_or_default()))
    }

    /// The slots of the missing facts that can still change something, with whether each matters now.
    #[napi]
    pub fn missing(&mut self) -> napi::Result<String> {
        guarded(|| {
            let missing: Vec<(u16, bool)> = self.session.missing()?.into_iter().map(|(slot, now)| (slot.0, now)).collect();
            Ok(serde_json::to_string(&missing).unwrap_or_default())
        })
    }

    /// The whole decision.
    #[napi]
    pub fn explain(&mut self) -> napi::Result<String> {
        guarded(|| Ok(serde_json::to_string(&self.session.explain(self.language)?).unwrap_or_default()))
    }

    fn read(&mut self, words: &mut [i32]) -> Result<u32, crate::refusal::Refusal> {
        let changed = self.session.read()?;
        words.iter_mut().zip(self.session.words()).for_each(|(to, word)| *to = *word);
        Ok(changed)
    }
}
