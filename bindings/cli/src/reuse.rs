//! Which papers are asked although a database of the state holds them.

use std::collections::BTreeMap;

use serde::Serialize;
use thutuc::model::{Basis, Confidence, Document, Interval, Language, Pack, Procedure};
use thutuc::value::Date;

use crate::labels;
use crate::page::{Page, Tone};

/// What is done about a paper that a database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is asked all the same.
    Asked,
    /// A rule drops it where the database can be looked into.
    Reused,
    /// No database is known to hold it.
    NotHeld,
}

/// The report.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report<'a> {
    pub as_of: Date,
    /// What forbids asking for what a database holds, on that day.
    pub duty: Vec<Ground<'a>>,
    pub offices: Vec<Office<'a>>,
    pub procedures: Vec<OfProcedure<'a>>,
}

/// A legal basis.
#[derive(Serialize)]
pub struct Ground<'a> {
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub citations: Vec<String>,
    pub confidence: Confidence,
    pub note: Option<&'a str>,
}

/// What an office asks.
#[derive(Default, Serialize)]
pub struct Office<'a> {
    pub office: &'a str,
    pub procedures: usize,
    #[serde(flatten)]
    pub papers: Count,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<InCases>,
}

/// Papers by what is done about them.
#[derive(Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    pub asked: usize,
    pub reused: usize,
    pub not_held: usize,
}

/// How often papers that a database holds were asked in some cases, and how often not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct InCases {
    pub required: usize,
    pub reused: usize,
}

/// The papers of a procedure.
#[derive(Serialize)]
pub struct OfProcedure<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub office: &'a str,
    pub papers: Vec<Paper<'a>>,
}

/// A paper in force on the day.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Paper<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub standing: Standing,
    pub held_in: Vec<Held<'a>>,
    /// On which condition it is wanted at all.
    pub when: Option<&'a str>,
    /// On which condition it is not asked.
    pub reuse: Option<&'a str>,
    /// On what it is asked.
    #[serde(flatten)]
    pub ground: Ground<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<InCases>,
}

/// A database that holds it.
#[derive(Serialize)]
pub struct Held<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub confidence: Confidence,
}

/// Which papers were required and which reused, by procedure and paper.
pub type Seen = BTreeMap<(String, String), InCases>;

fn ground(interval: Interval, basis: &Basis, language: Language) -> Ground<'_> {
    Ground {
        from: interval.from,
        until: interval.until,
        citations: basis.citations.iter().map(|one| one.words().get(language).to_string()).collect(),
        confidence: basis.confidence,
        note: basis.note.as_deref(),
    }
}

impl<'a> Report<'a> {
    /// The report on consolidated procedures; `seen` where cases were decided.
    pub fn of(pack: &'a Pack, laws: &'a [Procedure], on: Date, seen: Option<&Seen>, language: Language) -> Report<'a> {
        let duty = pack.reuse_duties.iter().filter(|duty| duty.interval.contains(on));
        let procedures: Vec<OfProcedure> = laws.iter().filter(|law| law.interval.contains(on)).map(|law| of_procedure(pack, law, on, seen, language)).collect();
        let mut by_office: BTreeMap<&str, Office> = BTreeMap::new();
        for procedure in &procedures {
            let office = by_office.entry(procedure.office).or_insert_with(|| Office { office: procedure.office, ..Office::default() });
            office.procedures += 1;
            for paper in &procedure.papers {
                let count = match paper.standing {
                    Standing::Asked => &mut office.papers.asked,
                    Standing::Reused => &mut office.papers.reused,
                    Standing::NotHeld => &mut office.papers.not_held,
                };
                *count += 1;
                if let Some(cases) = paper.cases {
                    let all = office.cases.get_or_insert_default();
                    all.required += cases.required;
                    all.reused += cases.reused;
                }
            }
        }
        let mut offices: Vec<Office> = by_office.into_values().collect();
        offices.sort_by_key(|office| std::cmp::Reverse((office.papers.asked, office.papers.reused)));
        Report { as_of: on, duty: duty.map(|duty| ground(duty.interval, &duty.basis, language)).collect(), offices, procedures }
    }
}

fn of_procedure<'a>(pack: &'a Pack, law: &'a Procedure, on: Date, seen: Option<&Seen>, language: Language) -> OfProcedure<'a> {
    let named = law.authorities.iter().find(|authority| authority.interval.contains(on)).map(|authority| &**authority.name.get(language));
    let mut papers: Vec<Paper> = law
        .documents
        .iter()
        .filter(|document| document.interval.contains(on))
        .map(|document| Paper { cases: counted(seen, law, document), ..paper(pack, document, language) })
        .collect();
    papers.sort_by_key(|paper| paper.standing);
    OfProcedure {
        code: &law.code.value,
        name: law.name.get(language),
        office: named.unwrap_or_else(|| labels::authority(&law.authority.value, language)),
        papers,
    }
}

/// How often it was wanted in the cases, of papers that a database holds.
fn counted(seen: Option<&Seen>, law: &Procedure, document: &Document) -> Option<InCases> {
    let seen = seen.filter(|_| !document.held_in.is_empty() || document.reuse.is_some())?;
    Some(seen.get(&(law.code.value.to_string(), document.id.value.to_string())).copied().unwrap_or_default())
}

fn paper<'a>(pack: &'a Pack, document: &'a Document, language: Language) -> Paper<'a> {
    let held = document.held_in.iter().filter_map(|id| pack.databases.iter().find(|database| database.id.value == id.value));
    Paper {
        id: &document.id.value,
        name: document.name.get(language),
        standing: match (&document.reuse, document.held_in.is_empty()) {
            (Some(_), _) => Standing::Reused,
            (None, false) => Standing::Asked,
            (None, true) => Standing::NotHeld,
        },
        held_in: held
            .map(|database| Held { id: &database.id.value, name: database.name.get(language), confidence: database.basis.confidence })
            .collect(),
        when: document.when.as_ref().map(|when| &*when.value),
        reuse: document.reuse.as_ref().map(|reuse| &*reuse.value),
        ground: ground(document.interval, &document.basis, language),
        cases: None,
    }
}

impl Report<'_> {
    /// The report for people: offices first, then the papers that stand out.
    pub fn draw(&self, page: &mut Page, language: Language) {
        let say = |vi, en| language.choose(vi, en);
        page.line(page.ink.paint(Tone::Strong, &format!("{} {}", say("Giấy tờ nhà nước đã có, ngày", "Papers the state has already, on"), self.as_of)));
        match self.duty.as_slice() {
            [] => page.text(0, Tone::Faint, say("Ngày này chưa có quy định chung cấm đòi giấy tờ đã có.", "On this day no general rule forbids asking for them.")),
            duty => {
                let cited: Vec<String> = duty.iter().flat_map(|one| one.citations.clone()).collect();
                page.text(0, Tone::Plain, &format!("{} {}", say("Không được đòi lại, theo", "They may not be asked for, by"), cited.join("; ")));
            }
        }
        page.gap();
        for office in &self.offices {
            let Count { asked, reused, not_held } = office.papers;
            let tone = if asked > 0 { Tone::Bad } else { Tone::Plain };
            let told = match language {
                Language::Vi => format!("vẫn đòi {asked}, dùng lại {reused}, không có ở đâu {not_held}"),
                Language::En => format!("{asked} still asked, {reused} reused, {not_held} held nowhere"),
            };
            let told = page.ink.paint(tone, &told);
            page.item("", &format!("{}: {told}{}", office.office, in_cases(office.cases, language)));
        }
        for procedure in &self.procedures {
            let held: Vec<&Paper> = procedure.papers.iter().filter(|paper| paper.standing != Standing::NotHeld).collect();
            if held.is_empty() {
                continue;
            }
            page.heading(&format!("{} {}", procedure.code, procedure.name), Tone::Faint, procedure.office);
            held.iter().for_each(|paper| paper.draw(page, language));
        }
    }
}

fn in_cases(cases: Option<InCases>, language: Language) -> String {
    match (cases, language) {
        (None, _) => String::new(),
        (Some(InCases { required, reused }), Language::Vi) => format!("; trong các hồ sơ: đòi {required} lần, dùng lại {reused} lần"),
        (Some(InCases { required, reused }), Language::En) => format!("; in the cases: asked {required} times, reused {reused} times"),
    }
}

impl Paper<'_> {
    fn draw(&self, page: &mut Page, language: Language) {
        let (mark, tone, verdict) = match self.standing {
            Standing::Asked => ("✗", Tone::Bad, language.choose("vẫn đòi", "still asked")),
            _ => ("✓", Tone::Good, language.choose("dùng lại được", "reused")),
        };
        let sources: Vec<String> = self
            .held_in
            .iter()
            .map(|held| match labels::confidence(held.confidence, language) {
                None => held.name.to_owned(),
                Some(doubt) => format!("{} ({doubt})", held.name),
            })
            .collect();
        let sources = if sources.is_empty() { String::new() } else { format!(": {}", sources.join(", ")) };
        let mark = format!("  {} ", page.ink.paint(tone, mark));
        page.item(&mark, &format!("{} {verdict}{sources}{}", self.name, in_cases(self.cases, language)));
        let condition = match (self.reuse, self.when) {
            (Some(reuse), _) => Some((language.choose("không đòi khi", "not asked when"), reuse)),
            (None, Some(when)) => Some((language.choose("đòi khi", "asked when"), when)),
            (None, None) => None,
        };
        if let Some((word, condition)) = condition {
            page.text(4, Tone::Faint, &format!("{word} {condition}"));
        }
        page.text(4, Tone::Faint, &self.ground.citations.join("; "));
    }
}
