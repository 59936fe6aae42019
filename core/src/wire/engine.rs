//! A loaded pack with the calls that every host offers.

use std::borrow::Cow;

use serde::Serialize;

use super::decide::{decide_json, program, program_index, verdict_json, wire_problem};
#[cfg(feature = "author")]
use super::diagnostic::DiagnosticView;
use super::decision::Problem;
use super::facts::{FactView, facts_of, tell_one};
use super::layout::{ProgramLayout, layout};
use super::level::levels_json;
use super::outline::{OutlineView, outline};
use super::request::RequestError;
use super::steps::steps_json;
use crate::compile::{BadBundle, CompiledPack, FORMAT, Program, read_bundle};
use crate::eval::Slots;
use crate::model::Language;
use crate::value::Date;

/// A loaded pack. Nothing in it changes, so that threads may share it.
#[derive(Debug)]
pub struct Engine {
    pack: CompiledPack,
}

/// Which rules are loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PackInfo"))]
#[serde(rename_all = "camelCase")]
pub struct PackView<'a> {
    /// The pack's id.
    pub id: Cow<'a, str>,
    /// Its version.
    pub version: Cow<'a, str>,
    /// The hash of everything that can change a decision.
    pub hash: Cow<'a, str>,
    /// The format of bundles this version reads and writes.
    pub format: u16,
    /// Jurisdictions that change a procedure.
    pub jurisdictions: Vec<Cow<'a, str>>,
}

/// A procedure of the pack, in one language.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Procedure"))]
#[serde(rename_all = "camelCase")]
pub struct ProcedureView<'a> {
    /// Its code.
    pub code: Cow<'a, str>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// What it is for.
    pub summary: Option<Cow<'a, str>>,
    /// `residence`, …
    pub field: Cow<'a, str>,
    /// `commune`, …
    pub authority: Cow<'a, str>,
    /// `full`, `partial`, `information`.
    pub online_service: Cow<'a, str>,
    /// The first day it answers for.
    pub from: Option<Date>,
    /// The last day it answers for.
    pub until: Option<Date>,
    /// Jurisdictions that change it.
    pub jurisdictions: Vec<Cow<'a, str>>,
    /// Traps.
    pub notes: Vec<Cow<'a, str>>,
}

impl Engine {
    /// An engine for a compiled pack.
    #[must_use]
    pub fn new(pack: CompiledPack) -> Engine {
        Engine { pack }
    }

    /// An engine for the pack of a bundle.
    ///
    /// # Errors
    /// [`BadBundle`] if the bytes are not a whole bundle of this version.
    pub fn from_bundle(bytes: &[u8]) -> Result<Engine, BadBundle> {
        read_bundle(bytes).map(Engine::new)
    }

    /// An engine for rule files, each with its name; drafts apply only if their ids are in `drafts`. With it what is
    /// worth a look.
    ///
    /// # Errors
    /// Everything that is wrong with the files, if one of the diagnostics is an error.
    #[cfg(feature = "author")]
    pub fn from_files<N, T>(files: impl IntoIterator<Item = (N, T)>, drafts: &[&str]) -> Result<(Engine, Vec<DiagnosticView>), Vec<DiagnosticView>>
    where
        N: Into<String>,
        T: Into<std::sync::Arc<str>>,
    {
        let mut sources = crate::source::SourceMap::default();
        for (name, text) in files {
            sources.add(crate::source::Source::new(name, text));
        }
        let mut built = crate::compile::build(&sources, drafts);
        built.diagnostics.extend(built.compiled.iter().flat_map(|pack| super::level::differing(&built.pack, pack)));
        let diagnostics = built.diagnostics.iter().map(|one| DiagnosticView::of(one, &sources)).collect();
        match built.compiled {
            Some(pack) => Ok((Engine::new(pack), diagnostics)),
            None => Err(diagnostics),
        }
    }

    /// The compiled pack.
    #[must_use]
    pub fn compiled(&self) -> &CompiledPack {
        &self.pack
    }

    /// Which rules are loaded.
    #[must_use]
    pub fn pack(&self) -> PackView<'_> {
        PackView {
            id: Cow::from(&*self.pack.id),
            version: Cow::from(&*self.pack.version),
            hash: Cow::from(&*self.pack.hash),
            format: FORMAT,
            jurisdictions: self.pack.jurisdictions().into_iter().map(Cow::from).collect(),
        }
    }

    /// The procedures, in the order of the pack.
    #[must_use]
    pub fn procedures(&self, language: Language) -> Vec<ProcedureView<'_>> {
        let everywhere = self.pack.programs.iter().filter(|program| program.jurisdiction.is_none());
        everywhere.map(|program| self.procedure(program, language)).collect()
    }

    fn procedure<'p>(&'p self, program: &'p Program, language: Language) -> ProcedureView<'p> {
        let about = &program.about;
        let versions = self.pack.programs.names().filter(|(code, _)| *code == &*program.code);
        ProcedureView {
            code: Cow::from(&*program.code),
            name: Cow::from(&**about.name.get(language)),
            summary: about.summary.as_ref().map(|summary| Cow::from(&**summary.get(language))),
            field: Cow::from(&*about.field),
            authority: Cow::from(&*about.authority),
            online_service: Cow::from(&*about.online_service),
            from: program.epochs.first().map(|epoch| epoch.from),
            until: program.until,
            jurisdictions: versions.filter_map(|(_, jurisdiction)| jurisdiction).map(Cow::from).collect(),
            notes: about.notes.iter().map(|note| Cow::from(&**note.get(language))).collect(),
        }
    }

    /// The position of a procedure's program in the compiled pack, for hosts that keep it.
    ///
    /// # Errors
    /// As [`program`].
    pub fn program_index(&self, procedure: &str, jurisdiction: Option<&str>) -> Result<usize, RequestError> {
        program_index(&self.pack, procedure, jurisdiction)
    }

    /// The facts that a procedure may be told, in the author's order.
    ///
    /// # Errors
    /// As [`program`].
    pub fn facts(&self, procedure: &str, jurisdiction: Option<&str>, language: Language) -> Result<Vec<FactView<'_>>, RequestError> {
        program(&self.pack, procedure, jurisdiction).map(|program| facts_of(program, language))
    }

    /// What a form wants to know of a procedure beside its facts.
    ///
    /// # Errors
    /// As [`program`].
    pub fn outline(&self, procedure: &str, jurisdiction: Option<&str>, language: Language) -> Result<OutlineView<'_>, RequestError> {
        program(&self.pack, procedure, jurisdiction).map(|program| outline(program, language))
    }

    /// How a host packs the facts of a procedure and unpacks its verdicts.
    ///
    /// # Errors
    /// As [`program`].
    pub fn layout(&self, procedure: &str, jurisdiction: Option<&str>) -> Result<ProgramLayout<'_>, RequestError> {
        program(&self.pack, procedure, jurisdiction).map(layout)
    }

    /// Decides a request given as JSON text; the decision as JSON text.
    ///
    /// # Errors
    /// As [`decide_json`].
    pub fn decide_json(&self, request: &str) -> Result<String, RequestError> {
        decide_json(&self.pack, request)
    }

    /// As [`Engine::decide_json`], without explanation.
    ///
    /// # Errors
    /// As [`decide_json`].
    pub fn verdict_json(&self, request: &str) -> Result<String, RequestError> {
        verdict_json(&self.pack, request)
    }

    /// The steps of a case inside the authority, for a request given as JSON text; as JSON text.
    ///
    /// # Errors
    /// As [`steps_json`].
    pub fn steps_json(&self, request: &str) -> Result<String, RequestError> {
        steps_json(&self.pack, request)
    }

    /// The level of online service of one procedure or of all, for a request given as JSON text; as JSON text.
    ///
    /// # Errors
    /// As [`levels_json`].
    pub fn levels_json(&self, request: &str) -> Result<String, RequestError> {
        levels_json(&self.pack, request)
    }

    /// What is wrong with one fact, given as JSON text; nothing if it fits.
    ///
    /// # Errors
    /// As [`program`].
    pub fn check_fact_json(
        &self,
        procedure: &str,
        jurisdiction: Option<&str>,
        fact: &str,
        value: &str,
        language: Language,
    ) -> Result<Vec<Problem<'static>>, RequestError> {
        let program = program(&self.pack, procedure, jurisdiction)?;
        let problems = tell_one(program, fact, value, &mut Slots::new(program));
        Ok(problems.iter().map(|problem| wire_problem(problem, language)).collect())
    }
}

const _: () = {
    const fn shared_by_threads<T: Send + Sync>() {}
    shared_by_threads::<Engine>();
};
