//! A case that is told fact by fact: what changes crosses, and nothing else.

use std::cell::RefCell;

use napi::bindgen_prelude::Int32Array;
use napi_derive::napi;
use thutuc::compile::program::Slot;
use thutuc::eval::Undecided;
use thutuc::model::Language;
use thutuc::wire::{ProblemDocument, Session, moment};

use crate::kept::Kept;
use crate::refusal::{Refusal, guarded, language as said_language, of_request};

/// A case, the language of its problems, and the words of its verdict as JavaScript lends them.
struct Opened {
    session: Session,
    language: Language,
    words: Option<Int32Array>,
}

thread_local! {
    /// The sessions of this thread, by number.
    static SESSIONS: RefCell<Kept<Opened>> = const { RefCell::new(Kept::new()) };
}

/// A case of one procedure that stays with the engine until JavaScript forgets it.
#[napi]
pub struct NativeSession {
    number: u32,
}

impl Drop for NativeSession {
    fn drop(&mut self) {
        let _ = SESSIONS.try_with(|all| all.try_borrow_mut().map(|mut all| all.forget(self.number)));
    }
}

impl NativeSession {
    /// Keeps a case.
    pub fn new(session: Session, language: Language) -> NativeSession {
        NativeSession { number: SESSIONS.with_borrow_mut(|all| all.keep(Opened { session, language, words: None })) }
    }
}

/// Calls with a session of this thread.
fn with<T>(number: u32, call: impl FnOnce(&mut Opened) -> Result<T, Refusal>) -> napi::Result<T> {
    guarded(|| {
        SESSIONS.with_borrow_mut(|all| {
            let gone = || ProblemDocument::internal("there is no such session", Language::default());
            call(all.get(number).ok_or_else(gone)?)
        })
    })
}

/// Set in the answer of a session where the fact that was told does not fit.
const UNFIT: u32 = 1 << 31;

impl Opened {
    /// Decides: which words of the verdict changed. They are written where JavaScript reads them.
    fn read(&mut self) -> Result<u32, Refusal> {
        let changed = self.session.read().map_err(of_case(self.language))?;
        if changed != 0 && let Some(words) = &mut self.words {
            // SAFETY: the words are held, so that they are not collected, and the package never detaches them. JavaScript does
            // not run while a call of this thread does, and nothing else of this crate has a reference to them.
            let words = unsafe { words.as_mut() };
            words.iter_mut().zip(self.session.words()).for_each(|(to, word)| *to = *word);
        }
        Ok(changed)
    }

    /// The same, and whether the fact that was told fits.
    fn told(&mut self, fits: bool) -> Result<u32, Refusal> {
        Ok(self.read()? | if fits { 0 } else { UNFIT })
    }
}

/// Says in one language why a case cannot be decided.
fn of_case(language: Language) -> impl Fn(Undecided) -> Refusal {
    move |undecided| ProblemDocument::of_undecided(&undecided, language).into()
}

/// Tells a fact as a number and decides: which words of the verdict changed, a bit each; the highest bit is set if the
/// fact does not fit. `place` is four times the slot and the state.
pub fn session_set(number: u32, place: u32, value: f64) -> napi::Result<u32> {
    with(number, |opened| {
        let fits = opened.session.set(Slot((place >> 2) as u16), (place & 3) as u8, value);
        opened.told(fits)
    })
}

#[napi]
impl NativeSession {
    /// Its number.
    #[napi]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Takes the memory for the words of the verdict.
    #[napi]
    pub fn lend(&self, words: Int32Array) -> napi::Result<()> {
        with(self.number, |opened| {
            opened.words = Some(words);
            Ok(())
        })
    }

    /// Changes the day the law is read and the moment of receipt.
    #[napi]
    pub fn at(&self, as_of: String, received_at: Option<String>) -> napi::Result<u32> {
        with(self.number, |opened| {
            opened.session.at(moment(&as_of, received_at.as_deref()).map_err(of_request(opened.language))?);
            opened.read()
        })
    }

    /// As `sessionSet`, of a fact as JSON text.
    #[napi]
    pub fn set_json(&self, slot: u16, value: String) -> napi::Result<u32> {
        with(self.number, |opened| {
            let fits = opened.session.set_json(Slot(slot), &value);
            opened.told(fits)
        })
    }

    /// What is wrong with the facts.
    #[napi]
    pub fn problems(&self) -> napi::Result<String> {
        with(self.number, |opened| Ok(serde_json::to_string(&opened.session.problems(opened.language)).unwrap_or_default()))
    }

    /// The slots of the missing facts that can still change something, with whether each matters now.
    #[napi]
    pub fn missing(&self) -> napi::Result<String> {
        with(self.number, |Opened { session, language, .. }| {
            let missing: Vec<(u16, bool)> = session.missing().map_err(of_case(*language))?.into_iter().map(|(slot, now)| (slot.0, now)).collect();
            Ok(serde_json::to_string(&missing).unwrap_or_default())
        })
    }

    /// The whole decision.
    #[napi]
    pub fn explain(&self, lang: Option<String>) -> napi::Result<String> {
        with(self.number, |Opened { session, language, .. }| {
            let language = lang.as_deref().map_or(Ok(*language), |lang| said_language(Some(lang)))?;
            Ok(serde_json::to_string(&session.explain(language).map_err(of_case(language))?).unwrap_or_default())
        })
    }
}
