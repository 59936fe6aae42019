//! A decision put together of its parts is the decision, byte for byte, whatever was decided before it.

#![cfg(test)]

mod reference;
mod vector;

use std::collections::BTreeMap;

use reference::cases::{Filler, cases};
use reference::packs;
use thutuc::compile::program::{Program, Slot};
use thutuc::compile::CompiledPack;
use thutuc::eval::{FactProblem, Moment, Slots, State, Workspace};
use thutuc::model::Language;
use thutuc::value::Date;
use thutuc::wire::parts::NONE;
use thutuc::wire::{Parts, Request, decide, decision_of_parts, program, tell_json};
use vector::answer::Packs;
use vector::file::File;
use vector::folder;

/// What a host keeps.
struct Host {
    parts: Parts,
    kept: Vec<String>,
    /// How often it had to forget everything, and how many parts it was told.
    begun: usize,
    told: usize,
}

impl Host {
    fn new(program: &Program, language: Language) -> Host {
        Host { parts: Parts::new(program, language), kept: Vec::new(), begun: 0, told: 0 }
    }

    fn decide(&mut self, pack: &CompiledPack, program: &Program, slots: &Slots, moment: &Moment, problems: &[FactProblem], work: &mut Workspace) -> Option<String> {
        let words = self.parts.decide(pack, program, slots, moment, problems, work).ok()?.to_vec();
        assert!(words.len() <= Parts::most_words(program));
        self.begun += usize::from(words[0] == 0);
        self.told += self.parts.fresh().len();
        self.kept.truncate(words[0] as usize);
        self.kept.extend_from_slice(self.parts.fresh());
        Some(decision_of_parts(&words, |word| match usize::try_from(word) {
            Ok(kept) => &self.kept[kept],
            Err(_) => &self.parts.passing()[(NONE - 1 - word) as usize],
        }))
    }
}

#[test]
fn of_the_workload_with_facts_missing_here_and_there() {
    let pack = packs::workload();
    let program = pack.program("0.000001", None).unwrap();
    let filler = Filler::new(program);
    let (mut slots, mut work) = (Slots::new(program), Workspace::default());
    let mut hosts = [Language::Vi, Language::En].map(|language| (language, Host::new(program, language)));
    for (nth, case) in cases(6_000, 42).iter().enumerate() {
        filler.fill(case, &mut slots);
        for slot in (0..program.facts.len()).filter(|slot| (nth * 7 + slot * 13) % 23 == 0 && nth % 3 == 0) {
            slots.set_state(Slot(slot as u16), State::Missing);
        }
        for (language, host) in &mut hosts {
            let whole = decide(&pack, program, &slots, &case.moment(), *language, &[], &mut work).unwrap();
            let of_parts = host.decide(&pack, program, &slots, &case.moment(), &[], &mut work).unwrap();
            assert_eq!(of_parts, serde_json::to_string(&whole).unwrap());
        }
    }
    let (_, host) = &hosts[0];
    assert!(host.told < 4_000, "{} parts were told of 6,000 decisions", host.told);
}

#[test]
fn of_more_days_than_parts_are_kept() {
    let pack = packs::workload();
    let program = pack.program("0.000001", None).unwrap();
    let (mut slots, mut work) = (Slots::new(program), Workspace::default());
    Filler::new(program).fill(&cases(1, 42)[0], &mut slots);
    let mut host = Host::new(program, Language::En);
    for day in 19_300..24_300 {
        let moment = Moment::on(Date(day));
        let whole = decide(&pack, program, &slots, &moment, Language::En, &[], &mut work).unwrap();
        let of_parts = host.decide(&pack, program, &slots, &moment, &[], &mut work).unwrap();
        assert_eq!(of_parts, serde_json::to_string(&whole).unwrap());
    }
    assert!(host.begun > 1, "each day has a deadline of its own");
}

#[test]
fn of_every_vector() {
    let packs = Packs::load();
    let mut hosts: BTreeMap<(String, String, Option<String>, bool), Host> = BTreeMap::new();
    let (mut slots, mut work, mut equal) = (Slots::default(), Workspace::default(), 0);
    // Twice: the second time most has been said.
    for file in [File::all(&folder(), &|_| None), File::all(&folder(), &|_| None)].iter().flatten() {
        for vector in file.vectors.iter().filter(|vector| vector.call().0 == "decide") {
            let Ok(request) = Request::read(vector.call().1) else { continue };
            let (Ok(moment), Ok(language)) = (request.moment(), request.language()) else { continue };
            let pack = packs.engine(&file.pack).compiled();
            let place = request.jurisdiction.as_deref();
            let Ok(program) = program(pack, &request.procedure, place) else { continue };
            let problems = tell_json(program, request.facts.unwrap_or("{}"), &mut slots);
            let key = (file.pack.clone(), request.procedure.to_string(), place.map(str::to_owned), language == Language::En);
            let host = hosts.entry(key).or_insert_with(|| Host::new(program, language));
            let whole = decide(pack, program, &slots, &moment, language, &problems, &mut work);
            let of_parts = host.decide(pack, program, &slots, &moment, &problems, &mut Workspace::default());
            assert_eq!(of_parts, whole.ok().map(|whole| serde_json::to_string(&whole).unwrap()), "{} {}", file.name, vector.id);
            equal += 1;
        }
    }
    assert!(equal >= 400, "only {equal} decisions");
}
