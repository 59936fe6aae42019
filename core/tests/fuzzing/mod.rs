//! A mutation fuzzer that needs nothing but the stable compiler: seeds are the rule files of the repository.
//!
//! One seed number gives one run, whatever the machine. [`Fuzzer::next`] makes an input, [`Fuzzer::run`] tries it.

mod facts;
mod mutate;
mod random;

use std::panic::{AssertUnwindSafe, catch_unwind};

use random::Random;
use sha2::{Digest as _, Sha256};
use thutuc::compile::program::{Layout, Program};
use thutuc::compile::{CompiledPack, build, read_bundle, write_bundle};
use thutuc::diagnostics::render;
use thutuc::feel::{self, Names};
use thutuc::source::{Source, SourceId, SourceMap};
use thutuc::wire::{decide_json, verdict_json};

/// What an input is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A rule file in place of another of its pack: read, check, compile, decide.
    Rules,
    /// A FEEL expression: parse, format, parse again.
    Feel,
    /// A request as JSON text.
    Decide,
    /// The bytes of a bundle, in hexadecimal.
    Bundle,
}

/// Something to try.
#[derive(Clone, Debug)]
pub struct Input {
    pub target: Target,
    /// Which of the seeds it came from.
    pub seed: usize,
    pub text: String,
}

/// Makes inputs and tries them.
pub struct Fuzzer {
    random: Random,
    /// Small packs of which one file is mutated: files, and the one.
    packs: Vec<(Vec<(String, String)>, usize)>,
    expressions: Vec<String>,
    dictionary: Vec<String>,
    compiled: CompiledPack,
    bundle: Vec<u8>,
}

/// Where the bytes that a bundle's hash is made of begin.
const HASHED: usize = 6 + 2 + 4 + 32;

impl Fuzzer {
    /// A fuzzer over rule files (of a whole pack), whose run is the one of `seed`.
    pub fn new(files: &[(String, String)], seed: u64) -> Fuzzer {
        let compiled = build(&sources(files), &[]).compiled.expect("the seeds compile");
        let lines = files.iter().flat_map(|(_, text)| text.lines());
        let after = |line: &str, key: &str| line.trim().trim_start_matches("- ").strip_prefix(key).map(|rest| rest.trim_matches(['\'', ' ']).to_owned());
        let mut expressions: Vec<String> = lines.clone().filter_map(|line| after(line, "require:").or_else(|| after(line, "when:")).or_else(|| after(line, "value:"))).collect();
        expressions.extend(mutate::EXPRESSIONS.iter().map(|&text| text.to_owned()));
        let words = lines.flat_map(|line| line.split([' ', ',', '{', '}', '[', ']', '|'])).filter(|word| !word.is_empty());
        let mut dictionary: Vec<String> = words.map(str::to_owned).chain(mutate::TOKENS.iter().map(|&token| token.to_owned())).collect();
        dictionary.sort();
        dictionary.dedup();
        let bundle = write_bundle(&compiled);
        Fuzzer { random: Random(seed), packs: small_packs(files), expressions, dictionary, compiled, bundle }
    }

    /// The next input.
    pub fn next(&mut self) -> Input {
        match self.random.below(20) {
            0..4 => {
                let seed = self.random.below(self.packs.len());
                let (files, at) = &self.packs[seed];
                let text = mutate::mutated(&files[*at].1, &self.dictionary, &mut self.random);
                Input { target: Target::Rules, seed, text }
            }
            4..12 => {
                let seed = self.random.below(self.expressions.len());
                let mut text = self.expressions[seed].clone();
                if self.random.below(4) == 0 {
                    let other = self.random.of(&self.expressions).clone();
                    text = format!("{text} {} {other}", self.random.of(mutate::OPERATORS));
                }
                Input { target: Target::Feel, seed, text: mutate::mutated(&text, &self.dictionary, &mut self.random) }
            }
            12 => {
                let mut bytes = self.bundle.clone();
                for _ in 0..=self.random.below(3) {
                    let at = self.random.below(bytes.len().min(2_000));
                    bytes[at] = self.random.draw() as u8;
                }
                if self.random.below(2) == 0 {
                    // The hash vouches for it: only what reads the sections can refuse it.
                    for _ in 0..=self.random.below(3) {
                        let at = self.random.below(bytes.len());
                        bytes[at] = self.random.draw() as u8;
                    }
                    let hash = Sha256::digest(&bytes[HASHED..]);
                    bytes[HASHED - hash.len()..HASHED].copy_from_slice(&hash);
                }
                bytes.truncate(if self.random.below(2) == 0 { bytes.len() } else { self.random.below(bytes.len()) });
                Input { target: Target::Bundle, seed: 0, text: bytes.iter().map(|byte| format!("{byte:02x}")).collect() }
            }
            _ => {
                let seed = self.random.below(self.compiled.programs.len());
                let program = self.compiled.programs.get(seed).expect("a position below their number");
                let mut text = facts::request(program, &mut self.random);
                if self.random.below(3) == 0 {
                    text = mutate::mutated(&text, &self.dictionary, &mut self.random);
                }
                Input { target: Target::Decide, seed, text }
            }
        }
    }

    /// Tries an input; the message of the panic, if there is one.
    pub fn run(&mut self, input: &Input) -> Result<(), String> {
        let mut facts = Random(self.random.draw());
        catch_unwind(AssertUnwindSafe(|| match input.target {
            Target::Rules => self.rules(input, &mut facts),
            Target::Feel => feel(&input.text, &self.compiled),
            Target::Decide => decided(&self.compiled, &input.text),
            Target::Bundle => {
                let byte = |at: usize| input.text.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
                let bytes: Vec<u8> = (0..input.text.len()).step_by(2).filter_map(byte).collect();
                let _ = read_bundle(&bytes).map(|pack| pack.programs.iter().count());
            }
        }))
        .map_err(|panic| match panic.downcast::<String>() {
            Ok(message) => *message,
            Err(panic) => panic.downcast::<&str>().map_or("a panic without a message".to_owned(), |message| (*message).to_owned()),
        })
    }

    fn rules(&self, input: &Input, random: &mut Random) {
        let (files, at) = &self.packs[input.seed];
        let mut files = files.clone();
        files[*at].1.clone_from(&input.text);
        let sources = sources(&files);
        let built = build(&sources, &[]);
        built.diagnostics.iter().for_each(|diagnostic| {
            let _ = render(diagnostic, &sources);
        });
        let Some(pack) = built.compiled else { return };
        let again = read_bundle(&write_bundle(&pack)).expect("a bundle can be read again");
        assert_eq!(again.hash, pack.hash, "a bundle keeps its pack");
        for program in pack.programs.iter() {
            decided(&pack, &facts::request(program, random));
        }
    }

    /// The smallest part of an input that still fails in the same way.
    pub fn minimised(&mut self, input: &Input, message: &str) -> Input {
        let same = |a: &str, b: &str| a.get(..40) == b.get(..40);
        let mut smallest = input.clone();
        let mut size = smallest.text.len() / 2;
        while size > 0 {
            let mut at = 0;
            while at < smallest.text.len() {
                let (start, end) = (boundary(&smallest.text, at), boundary(&smallest.text, at + size));
                let text = format!("{}{}", &smallest.text[..start], &smallest.text[end..]);
                let candidate = Input { text, ..smallest.clone() };
                match self.run(&candidate) {
                    Err(found) if same(&found, message) && candidate.text.len() < smallest.text.len() => smallest = candidate,
                    _ => at += size,
                }
            }
            size /= 2;
        }
        smallest
    }
}

fn boundary(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

fn sources(files: &[(String, String)]) -> SourceMap {
    let mut sources = SourceMap::default();
    for (name, text) in files {
        sources.add(Source::new(name.clone(), text.as_str()));
    }
    sources
}

/// For each rule file, the fewest files that it makes a pack with.
fn small_packs(files: &[(String, String)]) -> Vec<(Vec<(String, String)>, usize)> {
    let shared = |text: &str| ["pack:", "instruments:", "vocabulary:"].iter().any(|key| text.trim_start().starts_with(key) || text.contains(&format!("\n{key}")));
    let base: Vec<(String, String)> = files.iter().filter(|(_, text)| shared(text)).cloned().collect();
    let smallest = files.iter().filter(|(_, text)| text.starts_with("procedure:")).min_by_key(|(_, text)| text.len()).cloned();
    let packs = files.iter().map(|(name, text)| {
        let mut pack = base.clone();
        let at = pack.iter().position(|(other, _)| other == name).unwrap_or_else(|| {
            pack.push((name.clone(), text.clone()));
            pack.len() - 1
        });
        // What speaks of a procedure needs one.
        let of = |key: &str| {
            let code = text.lines().find_map(|line| line.strip_prefix(key))?.trim().to_owned();
            files.iter().find(|(_, text)| text.starts_with(&format!("procedure: {code}"))).cloned()
        };
        match of("cases:").or_else(|| of("amend:")) {
            Some(procedure) => pack.push(procedure),
            None if at < base.len() => pack.extend(smallest.clone()),
            None => {}
        }
        (pack, at)
    });
    packs.collect()
}

/// An expression of any names: it is read, written and read again, and both times it is the same.
fn feel(text: &str, pack: &CompiledPack) {
    let mut names = Names::new();
    ["list contains", "date and time", "working days between", "string length"].iter().for_each(|name| names.declare(name));
    pack.programs.iter().take(1).flat_map(|program| &program.facts).for_each(|fact| names.declare(&fact.name));
    let one = |read: &dyn Fn(&str) -> thutuc::diagnostics::Parsed<feel::ast::Expr>, write: fn(&feel::ast::Expr) -> String| {
        let parsed = read(text);
        if parsed.diagnostics.is_empty() {
            let written = write(&parsed.value);
            let again = read(&written);
            assert!(again.diagnostics.is_empty(), "`{text}` is written `{written}`, which cannot be read");
            assert_eq!(write(&again.value), written, "`{text}` is written in two ways");
        }
    };
    one(&|text| feel::parse(text, SourceId(0), 0, &names), feel::format);
    one(&|text| feel::parse_tests(text, SourceId(0), 0, &names), feel::format_tests);
}

/// Decides a request in all ways and holds the answers against each other.
fn decided(pack: &CompiledPack, request: &str) {
    // With an escape in it no request is plain: the general reader takes it.
    let escaped = request.replacen("\"procedure\"", "\"proced\\u0075re\"", 1);
    match (decide_json(pack, request), decide_json(pack, &escaped)) {
        (Ok(plain), Ok(general)) => assert_eq!(plain, general, "both readers read the same"),
        (plain, general) => assert_eq!(plain.is_err(), general.is_err(), "both readers refuse, or neither"),
    }
    let (decision, verdict) = match (decide_json(pack, request), verdict_json(pack, request)) {
        (Ok(decision), Ok(verdict)) => (decision, verdict),
        (decision, verdict) => return assert_eq!(decision.err(), verdict.err(), "both refuse, or neither"),
    };
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("an answer is JSON");
    let (decision, verdict) = (read(&decision), read(&verdict));
    assert_eq!(decision["outcome"], verdict["outcome"]);
    assert_eq!(decision["fees"]["total"], verdict["fee"]);
    assert_eq!(decision.get("problems"), Some(verdict.get("problems").unwrap_or(&serde_json::Value::Array(Vec::new()))));
    let due = decision["deadline"].get("dueOn").unwrap_or(&serde_json::Value::Null);
    assert_eq!(due, &verdict["dueOn"]);
}

/// The layout of every fact of a program with its name.
fn layouts(program: &Program) -> impl Iterator<Item = (&str, &Layout)> {
    program.facts.iter().map(|fact| (&*fact.name, &fact.layout))
}
