//! The answers of the core.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;
use thutuc::compile::{read_bundle, write_bundle};
use thutuc::model::Language;
use thutuc::wire::{Engine, ProblemDocument, Request, RequestError, Session, enforce_json, moment, promise_json};

use super::file::Answer;
use super::tree::{Members, quoted};
use crate::reference::packs;

/// The packs that vectors are about.
pub struct Packs {
    packs: BTreeMap<&'static str, Loaded>,
}

struct Loaded {
    engine: Arc<Engine>,
    bundle: Vec<u8>,
}

impl Packs {
    /// Both packs, through a bundle as hosts get them.
    pub fn load() -> Packs {
        let rules = packs::files(&packs::rules_folder());
        let edges = packs::files(&super::folder().join("pack"));
        let loaded = |files: &[(String, String)]| {
            let bundle = write_bundle(&packs::compiled(files));
            Loaded { engine: Arc::new(Engine::new(read_bundle(&bundle).unwrap())), bundle }
        };
        Packs { packs: BTreeMap::from([("rules", loaded(&rules)), ("edges", loaded(&edges))]) }
    }

    /// The engine of a pack.
    pub fn engine(&self, pack: &str) -> &Engine {
        &self.packs[pack].engine
    }

    /// The hash of a pack.
    pub fn hash(&self, pack: &str) -> String {
        self.packs[pack].engine.pack().hash.into_owned()
    }

    /// The bytes of each pack.
    pub fn bundles(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.packs.iter().map(|(name, loaded)| (*name, &*loaded.bundle))
    }

    /// What the core answers to a call.
    pub fn answer(&self, pack: &str, (kind, call): (&str, &str)) -> Answer {
        let Loaded { engine, bundle } = &self.packs[pack];
        match kind {
            "decide" => {
                let request = text_of(call);
                engine.decide_json(&request).map_err(|error| refusal(&error, language_of(&request)))
            }
            "verdict" => engine.verdict_json(call).map_err(|error| refusal(&error, language_of(call))),
            "check" => check(engine, serde_json::from_str(call).unwrap()),
            "session" => session(engine, serde_json::from_str(call).unwrap()),
            "enforce" => {
                let Submission { request, promised } = serde_json::from_str(call).unwrap();
                enforce_json(engine.compiled(), request.get(), promised.map(RawValue::get))
            }
            "promise" => promise_json(engine.compiled(), call),
            "steps" => engine.steps_json(call).map_err(|error| refusal(&error, asked_language(call))),
            "levels" => engine.levels_json(call).map_err(|error| refusal(&error, asked_language(call))),
            "load" => load(bundle, &serde_json::from_str(call).unwrap()),
            other => panic!("there is no call `{other}`"),
        }
    }
}

/// A request that is no JSON object is written as a text that holds it.
fn text_of(call: &str) -> String {
    serde_json::from_str(call).unwrap_or_else(|_| call.to_owned())
}

fn language_of(request: &str) -> Language {
    Request::read(request).ok().and_then(|request| request.language().ok()).unwrap_or_default()
}

fn asked_language(request: &str) -> Language {
    let lang = serde_json::from_str::<serde_json::Value>(request).ok().and_then(|request| request.get("lang")?.as_str().map(str::to_owned));
    lang.and_then(|lang| Language::of(&lang)).unwrap_or_default()
}

fn language(code: Option<&str>) -> Language {
    Language::of(code.unwrap_or("vi")).unwrap()
}

fn refusal(error: &RequestError, language: Language) -> String {
    ProblemDocument::of_request(error, language).to_json()
}

#[derive(Deserialize)]
struct Submission<'a> {
    #[serde(borrow)]
    request: &'a RawValue,
    #[serde(borrow)]
    promised: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Check<'a> {
    procedure: &'a str,
    jurisdiction: Option<&'a str>,
    fact: &'a str,
    #[serde(borrow)]
    value: &'a RawValue,
    lang: Option<&'a str>,
}

fn check(engine: &Engine, call: Check) -> Answer {
    let language = language(call.lang);
    let problems = engine.check_fact_json(call.procedure, call.jurisdiction, call.fact, call.value.get(), language);
    problems.map(|problems| serde_json::to_string(&problems).unwrap()).map_err(|error| refusal(&error, language))
}

#[derive(Deserialize)]
struct Load {
    bytes: Option<Vec<u8>>,
    keep: Option<usize>,
    #[serde(default)]
    set: Vec<(usize, u8)>,
    lang: Option<String>,
}

fn load(bundle: &[u8], call: &Load) -> Answer {
    let mut bytes = call.bytes.clone().unwrap_or_else(|| bundle.to_vec());
    bytes.truncate(call.keep.unwrap_or(usize::MAX));
    call.set.iter().for_each(|(at, byte)| bytes[*at] = *byte);
    match Engine::from_bundle(&bytes) {
        Ok(engine) => {
            let Members(mut pack) = serde_json::from_str(&serde_json::to_string(&engine.pack()).unwrap()).unwrap();
            // The format is for hosts that write bundles too.
            pack.retain(|(name, _)| name != "format");
            let members: Vec<String> = pack.iter().map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
            Ok(format!("{{{}}}", members.join(",")))
        }
        Err(bad) => Err(ProblemDocument::of_bundle(&bad, language(call.lang.as_deref())).to_json()),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    procedure: &'a str,
    as_of: String,
    received_at: Option<String>,
    jurisdiction: Option<&'a str>,
    lang: Option<&'a str>,
    #[serde(borrow)]
    steps: Vec<Step<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Step<'a> {
    #[serde(borrow)]
    Set((&'a str, &'a RawValue)),
    Unset(&'a str),
    #[serde(rename_all = "camelCase")]
    At { as_of: String, received_at: Option<String> },
}

/// Words of the verdict that a member is made of.
const WORDS: [(&str, u32); 8] = [
    ("outcome", 0x1),
    ("unmet", 0xc_3000),
    ("undetermined", 0x30_c000),
    ("documents", 0xc0_0000),
    ("fee", 0x78),
    ("dueOn", 0x180),
    ("provisional", 0x180),
    ("problems", 0x200),
];
const EPOCH: u32 = 0x2;

/// A session, held at every step to what the same facts give told at once.
fn session(engine: &Arc<Engine>, call: Told) -> Answer {
    let language = language(call.lang);
    let refused = |error: RequestError| refusal(&error, language);
    let at = |as_of: &str, received: &Option<String>| moment(as_of, received.as_deref()).map_err(refused);
    let mut session = Session::open(Arc::clone(engine), call.procedure, call.jurisdiction, at(&call.as_of, &call.received_at)?).map_err(refused)?;
    let mut once = Once { call: &call, as_of: call.as_of.clone(), received_at: call.received_at.clone(), facts: Vec::new() };
    session.read().map_err(|error| refused(error.into()))?;
    let mut answers = vec![format!("\"opened\":{}", once.verdict(engine).map_err(refused)?)];
    let mut steps = Vec::new();
    for step in &call.steps {
        let fits = match step {
            Step::Set((fact, value)) => {
                let Some(slot) = session.program().and_then(|program| program.slot(fact)) else {
                    let problems = engine.check_fact_json(call.procedure, call.jurisdiction, fact, value.get(), language).map_err(refused)?;
                    return Err(ProblemDocument::of_problems(problems, language).to_json());
                };
                once.facts.retain(|(name, _)| name != fact);
                once.facts.push((fact.to_string(), value.get().to_owned()));
                session.set_json(slot, value.get())
            }
            Step::Unset(fact) => {
                once.facts.retain(|(name, _)| name != fact);
                session.unset(session.program().unwrap().slot(fact).unwrap());
                true
            }
            Step::At { as_of, received_at } => {
                session.at(at(as_of, received_at)?);
                once.as_of.clone_from(as_of);
                once.received_at.clone_from(received_at);
                true
            }
        };
        let changed = session.read().map_err(|error| refused(error.into()))?;
        let problems = serde_json::to_string(&session.problems(language)).unwrap();
        steps.push(format!("{{\"fits\":{fits},\"changes\":{}}}", changes(&once.verdict(engine).map_err(refused)?, changed, problems)));
    }
    let decision = serde_json::to_string(&session.explain(language).map_err(|error| refused(error.into()))?).unwrap();
    let at_once = engine.decide_json(&once.request()).map_err(refused)?;
    assert_eq!(decision, at_once, "a session and a request decide the same");
    answers.push(format!("\"steps\":[{}]", steps.join(",")));
    answers.push(format!("\"verdict\":{}", once.verdict(engine).map_err(refused)?));
    answers.push(format!("\"decision\":{decision}"));
    Ok(format!("{{{}}}", answers.join(",")))
}

/// The members of a verdict whose words changed.
fn changes(verdict: &str, changed: u32, problems: String) -> String {
    let Members(mut members) = serde_json::from_str(verdict).unwrap();
    members.retain(|(name, _)| name != "problems");
    members.push(("problems".to_owned(), RawValue::from_string(problems).unwrap()));
    let words = |name: &str| WORDS.iter().find(|(member, _)| *member == name).unwrap().1 | if name == "problems" { 0 } else { EPOCH };
    let members: Vec<String> = members.iter().filter(|(name, _)| changed & words(name) != 0).map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
    format!("{{{}}}", members.join(","))
}

/// The facts of a session, told at once.
struct Once<'a> {
    call: &'a Told<'a>,
    as_of: String,
    received_at: Option<String>,
    facts: Vec<(String, String)>,
}

impl Once<'_> {
    fn request(&self) -> String {
        let Told { procedure, jurisdiction, lang, .. } = self.call;
        let facts: Vec<String> = self.facts.iter().map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
        let mut members = vec![format!("\"procedure\":{}", quoted(procedure)), format!("\"asOf\":{}", quoted(&self.as_of))];
        members.extend(self.received_at.as_deref().map(|received| format!("\"receivedAt\":{}", quoted(received))));
        members.extend(jurisdiction.map(|jurisdiction| format!("\"jurisdiction\":{}", quoted(jurisdiction))));
        members.extend(lang.map(|lang| format!("\"lang\":{}", quoted(lang))));
        members.push(format!("\"facts\":{{{}}}", facts.join(",")));
        format!("{{{}}}", members.join(","))
    }

    fn verdict(&self, engine: &Engine) -> Result<String, RequestError> {
        engine.verdict_json(&self.request())
    }
}
