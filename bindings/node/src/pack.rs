//! A pack as JavaScript holds it. It never changes: to reload is to load another, and calls under way keep this one.

use std::sync::Arc;

use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi_derive::napi;
use serde::Serialize;
use thutuc::compile::write_bundle;
use thutuc::eval::{FactTeller, Slots};
use thutuc::wire::{Argument, Engine, ProblemDocument, Session, fact_schema, moment, program};

use crate::case::NativeCase;
use crate::files::{Loaded, decode, load};
use crate::job::{Job, later};
use crate::many::{Requests, decide_many};
use crate::refusal::{Refusal, guarded, language, of_request};
use crate::session::NativeSession;

/// A loaded pack.
#[napi]
pub struct NativePack {
    engine: Arc<Engine>,
    warnings: String,
}

impl From<Loaded> for NativePack {
    fn from(Loaded { engine, warnings }: Loaded) -> Self {
        NativePack { engine: Arc::new(engine), warnings: text(&warnings) }
    }
}

/// An answer as JSON text.
fn text(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}

#[napi]
impl NativePack {
    /// Loads a folder of rule files or a bundle's file.
    #[napi(factory)]
    pub fn load(path: String, lang: Option<String>) -> napi::Result<NativePack> {
        guarded(|| load(&path, language(lang.as_deref())?).map(NativePack::from))
    }

    /// As `load`, off the main thread.
    #[napi]
    pub fn load_later(path: String, lang: Option<String>) -> AsyncTask<Job<NativePack>> {
        later(move || load(&path, language(lang.as_deref())?).map(NativePack::from))
    }

    /// Decodes a bundle.
    #[napi(factory)]
    pub fn decode(bytes: &[u8], lang: Option<String>) -> napi::Result<NativePack> {
        guarded(|| decode(bytes, language(lang.as_deref())?).map(NativePack::from))
    }

    /// The pack as a bundle.
    #[napi]
    pub fn bundle(&self) -> napi::Result<Uint8Array> {
        guarded(|| Ok(write_bundle(self.engine.compiled()).into()))
    }

    /// Which rules are loaded.
    #[napi]
    pub fn about(&self) -> napi::Result<String> {
        guarded(|| Ok(text(&self.engine.pack())))
    }

    /// What is worth a look in the rule files.
    #[napi]
    pub fn warnings(&self) -> String {
        self.warnings.clone()
    }

    /// The procedures.
    #[napi]
    pub fn procedures(&self, lang: Option<String>) -> napi::Result<String> {
        guarded(|| Ok(text(&self.engine.procedures(language(lang.as_deref())?))))
    }

    /// The facts of a procedure.
    #[napi]
    pub fn facts(&self, procedure: String, jurisdiction: Option<String>, lang: Option<String>) -> napi::Result<String> {
        guarded(|| {
            let language = language(lang.as_deref())?;
            let facts = self.engine.facts(&procedure, jurisdiction.as_deref(), language).map_err(of_request(language))?;
            Ok(text(&facts))
        })
    }

    /// The facts of a procedure as a JSON Schema.
    #[napi]
    pub fn fact_schema(&self, procedure: String, jurisdiction: Option<String>, lang: Option<String>) -> napi::Result<String> {
        guarded(|| {
            let language = language(lang.as_deref())?;
            let program = program(self.engine.compiled(), &procedure, jurisdiction.as_deref()).map_err(of_request(language))?;
            Ok(text(&fact_schema(program, language)))
        })
    }

    /// How JavaScript packs the facts of a procedure and unpacks its verdicts.
    #[napi]
    pub fn layout(&self, procedure: String, jurisdiction: Option<String>, lang: Option<String>) -> napi::Result<String> {
        guarded(|| {
            let language = language(lang.as_deref())?;
            let layout = self.engine.layout(&procedure, jurisdiction.as_deref()).map_err(of_request(language))?;
            Ok(text(&layout))
        })
    }

    /// What is wrong with one fact.
    #[napi]
    pub fn check_fact(
        &self,
        procedure: String,
        fact: String,
        value: String,
        jurisdiction: Option<String>,
        lang: Option<String>,
    ) -> napi::Result<String> {
        guarded(|| {
            let language = language(lang.as_deref())?;
            let problems = self.engine.check_fact_json(&procedure, jurisdiction.as_deref(), &fact, &value, language);
            Ok(text(&problems.map_err(of_request(language))?))
        })
    }

    /// The problem document of a name that is no fact.
    #[napi]
    pub fn unknown_fact(&self, procedure: String, fact: String, jurisdiction: Option<String>, lang: Option<String>) -> napi::Result<String> {
        guarded(|| {
            let language = language(lang.as_deref())?;
            let program = program(self.engine.compiled(), &procedure, jurisdiction.as_deref()).map_err(of_request(language))?;
            let mut slots = Slots::new(program);
            let mut teller = FactTeller::more(program, &mut slots);
            teller.unknown(&fact, "null");
            Ok(ProblemDocument::of_facts(&teller.finish(), language).to_json())
        })
    }

    /// Decides a request.
    #[napi]
    pub fn decide(&self, request: String) -> napi::Result<String> {
        guarded(|| decide(&self.engine, &request))
    }

    /// Decides a request off the main thread.
    #[napi]
    pub fn decide_later(&self, request: String) -> AsyncTask<Job<String>> {
        let engine = Arc::clone(&self.engine);
        later(move || decide(&engine, &request))
    }

    /// Decides many cases of one procedure off the main thread, on all cores: the decisions in the order of the cases.
    #[napi]
    pub fn decide_many(&self, head: String, cases: String) -> AsyncTask<Job<String>> {
        let engine = Arc::clone(&self.engine);
        later(move || decide_many(&engine, &Requests { head, cases }))
    }

    /// Decides a request without explanation.
    #[napi]
    pub fn verdict(&self, request: String) -> napi::Result<String> {
        guarded(|| self.engine.verdict_json(&request).map_err(|error| of_request(said_language(&request))(error)))
    }

    /// What the decision on a request promises.
    #[napi]
    pub fn promise(&self, request: String) -> napi::Result<String> {
        guarded(|| thutuc::wire::promise_json(self.engine.compiled(), &request).map_err(Refusal))
    }

    /// Takes a submission or objects to it.
    #[napi]
    pub fn enforce(&self, request: String, promised: Option<String>) -> napi::Result<String> {
        guarded(|| thutuc::wire::enforce_json(self.engine.compiled(), &request, promised.as_deref()).map_err(Refusal))
    }

    /// The steps of a case inside the authority.
    #[napi]
    pub fn steps(&self, request: String) -> napi::Result<String> {
        guarded(|| self.engine.steps_json(&request).map_err(|error| of_request(asked_language(&request))(error)))
    }

    /// The level of online service of one procedure or of all.
    #[napi]
    pub fn levels(&self, request: String) -> napi::Result<String> {
        guarded(|| self.engine.levels_json(&request).map_err(|error| of_request(asked_language(&request))(error)))
    }

    /// A case in numbers.
    #[napi]
    pub fn open_case(&self, procedure: String, jurisdiction: Option<String>, lang: Option<String>) -> napi::Result<NativeCase> {
        guarded(|| {
            let language = language(lang.as_deref())?;
            let program = self.engine.program_index(&procedure, jurisdiction.as_deref()).map_err(of_request(language))?;
            let gone = || ProblemDocument::internal("there is no such program", language);
            Ok(NativeCase::new(Arc::clone(&self.engine), program).ok_or_else(gone)?)
        })
    }

    /// A case that is told fact by fact.
    #[napi]
    pub fn open_session(
        &self,
        procedure: String,
        as_of: String,
        received_at: Option<String>,
        jurisdiction: Option<String>,
        lang: Option<String>,
    ) -> napi::Result<NativeSession> {
        guarded(|| {
            let language = language(lang.as_deref())?;
            let moment = moment(&as_of, received_at.as_deref()).map_err(of_request(language))?;
            let session = Session::open(Arc::clone(&self.engine), &procedure, jurisdiction.as_deref(), moment);
            Ok(NativeSession::new(session.map_err(of_request(language))?, language))
        })
    }
}

/// Decides a request; a refusal in the language the request asks for.
pub fn decide(engine: &Engine, request: &str) -> Result<String, Refusal> {
    engine.decide_json(request).map_err(|error| of_request(said_language(request))(error))
}

/// The language a request asks for, as far as it can be read.
fn said_language(request: &str) -> thutuc::model::Language {
    let read = thutuc::wire::Request::read(request).ok();
    read.and_then(|request| request.language().ok()).unwrap_or_default()
}

/// The language that a request of any kind asks for, as far as it can be read.
fn asked_language(request: &str) -> thutuc::model::Language {
    #[derive(serde::Deserialize)]
    struct Asked {
        lang: Option<String>,
    }
    let read = serde_json::from_str::<Asked>(request).ok();
    read.and_then(|asked| thutuc::model::Language::of(&asked.lang?)).unwrap_or_default()
}

/// The problem document of an argument of another type than the call takes.
#[napi]
pub fn wrong_argument(name: String, wanted: String, given: String, lang: Option<String>) -> napi::Result<String> {
    guarded(|| Ok(ProblemDocument::of_argument(&name, Argument::named(&wanted), &given, language(lang.as_deref())?).to_json()))
}

/// Panics, so that a test can see that the process lives.
#[napi]
pub fn provoke_panic() -> napi::Result<()> {
    guarded(|| std::panic::resume_unwind(Box::new("provoked")))
}
