//! The sheet as a page.

use thutuc::explain;
use thutuc::model::Language;

use super::elements::{Deadline, Definition, Document, Fee, Reduction, Require};
use super::handling::{Apology, Declaration, Step};
use super::linked::Link;
use super::table::Table;
use super::{Amending, Ground, Parameter, Sheet};
use crate::labels::{self, SheetWords, words};
use crate::page::{Page, Tone, padded, width_of};

impl Sheet<'_> {
    /// Draws it.
    pub fn draw(&self, page: &mut Page, language: Language) {
        let drawing = Drawing { words: labels::sheet(language), language };
        let all = words(language);
        page.line(format!("{}  {}", page.ink.paint(Tone::Strong, self.name), page.ink.paint(Tone::Faint, self.code)));
        let mut facts = vec![format!("{} {}", all.law_of, explain::day(self.on, language))];
        facts.push(labels::field(self.field, language).to_owned());
        facts.push(labels::authority(self.authority, language).to_owned());
        facts.push(format!("{}: {}", drawing.words.online, labels::online_service(self.online_service, language)));
        facts.extend(self.jurisdiction.map(str::to_owned));
        page.text(0, Tone::Faint, &facts.join(" · "));
        self.summary.iter().for_each(|summary| page.text(0, Tone::Plain, summary));
        if !self.in_force {
            page.text(0, Tone::Bad, drawing.words.not_in_force);
        }
        for one in &self.authorities {
            page.gap();
            page.item("", &format!("{}: {}", drawing.words.authority, one.name));
            drawing.ground(page, 2, &one.ground);
        }
        if !self.amendments.is_empty() {
            page.heading(drawing.words.amendments, Tone::Plain, "");
            self.amendments.iter().for_each(|one| drawing.amending(page, one));
        }
        page.heading(all.conditions, Tone::Plain, "");
        self.eligibility.iter().for_each(|one| drawing.require(page, one));
        page.heading(all.identity, Tone::Plain, "");
        self.identity.iter().for_each(|one| drawing.require(page, one));
        page.heading(all.documents, Tone::Plain, "");
        self.documents.iter().for_each(|one| drawing.document(page, one));
        page.heading(all.fees, Tone::Plain, "");
        self.fees.iter().for_each(|one| drawing.fee(page, one));
        page.heading(drawing.words.deadlines, Tone::Plain, "");
        self.deadline.iter().for_each(|one| drawing.deadline(page, one));
        if !self.linked.is_empty() {
            page.heading(all.linked, Tone::Plain, "");
            self.linked.iter().for_each(|one| drawing.link(page, one));
        }
        if !self.steps.is_empty() {
            page.heading(drawing.words.steps, Tone::Plain, "");
            self.steps.iter().for_each(|one| drawing.step(page, one));
        }
        if !self.apology.is_empty() {
            page.heading(drawing.words.apology, Tone::Plain, "");
            self.apology.iter().for_each(|one| drawing.apology(page, one));
        }
        if !self.declarations.is_empty() {
            page.heading(drawing.words.declarations, Tone::Plain, "");
            self.declarations.iter().for_each(|one| drawing.declaration(page, one));
        }
        if !self.parameters.is_empty() {
            page.heading(drawing.words.parameters, Tone::Plain, "");
            self.parameters.iter().for_each(|one| drawing.parameter(page, one));
        }
        if !self.definitions.is_empty() {
            page.heading(drawing.words.definitions, Tone::Plain, "");
            self.definitions.iter().for_each(|one| drawing.definition(page, one));
        }
        if !self.notes.is_empty() {
            page.heading(drawing.words.notes, Tone::Plain, "");
            self.notes.iter().for_each(|note| page.item("  ! ", note));
        }
    }
}

struct Drawing {
    words: &'static SheetWords,
    language: Language,
}

impl Drawing {
    /// A key and an expression, if there is one.
    fn feel(&self, page: &mut Page, indent: usize, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            page.item(&format!("{}{} ", " ".repeat(indent), page.ink.paint(Tone::Faint, key)), &page.ink.paint(Tone::Place, &text));
        }
    }

    /// Citations, dates, confidence, note.
    fn ground(&self, page: &mut Page, indent: usize, ground: &Ground<'_>) {
        let mut parts = vec![page.ink.paint(Tone::Faint, &ground.citations.join("; "))];
        let dates = self.dates(ground);
        if !dates.is_empty() {
            parts.push(page.ink.paint(Tone::Faint, &dates));
        }
        if let Some(mark) = labels::confidence(ground.confidence, self.language) {
            parts.push(page.ink.paint(Tone::Open, &format!("[{mark}]")));
        }
        parts.retain(|part| width_of(part) > 0);
        if !parts.is_empty() {
            page.item(&format!("{}{} ", " ".repeat(indent), page.ink.paint(Tone::Faint, "§")), &parts.join("  "));
        }
        if let Some(note) = ground.note {
            page.item(&format!("{}! ", " ".repeat(indent)), &page.ink.paint(Tone::Open, note));
        }
    }

    fn dates(&self, ground: &Ground<'_>) -> String {
        let day = |day| explain::day(day, self.language);
        match (ground.from, ground.until) {
            (Some(from), Some(until)) => format!("{} {} {} {}", self.words.from, day(from), self.words.until, day(until)),
            (Some(from), None) => format!("{} {}", self.words.from, day(from)),
            (None, Some(until)) => format!("{} {}", self.words.until, day(until)),
            (None, None) => String::new(),
        }
    }

    fn id(&self, page: &mut Page, id: &str, name: &str) {
        let id = page.ink.paint(Tone::Strong, id);
        page.item("  ", &if name.is_empty() { id } else { format!("{id}  {name}") });
    }

    fn amending(&self, page: &mut Page, one: &Amending<'_>) {
        let draft = if one.draft { format!(" [{}]", self.words.draft) } else { String::new() };
        self.id(page, one.id, &format!("{}{draft}", one.title));
        page.text(4, Tone::Faint, one.instrument);
    }

    fn require(&self, page: &mut Page, one: &Require<'_>) {
        self.id(page, one.id, "");
        self.feel(page, 4, self.words.when, one.when);
        self.feel(page, 4, self.words.require, one.require);
        if let Some(level) = one.level {
            self.feel(page, 4, self.words.require, Some(&format!("{} {level}", words(self.language).level)));
        }
        page.text(4, Tone::Plain, one.message);
        self.ground(page, 4, &one.ground);
    }

    fn document(&self, page: &mut Page, one: &Document<'_>) {
        let copies = labels::copies(one.form, one.copies.original, one.copies.copy, self.language);
        self.id(page, one.id, &format!("{} — {copies}", one.name));
        self.feel(page, 4, self.words.when, one.when);
        if !one.any_of.is_empty() {
            page.text(4, Tone::Plain, words(self.language).any_of);
            one.any_of.iter().for_each(|name| page.item("      · ", name));
        }
        self.feel(page, 4, self.words.reuse, one.reuse);
        if let Some(source) = &one.reuse_source {
            page.text(4, Tone::Plain, &format!("{} {source}", words(self.language).reused_from));
        }
        self.ground(page, 4, &one.ground);
    }

    fn fee(&self, page: &mut Page, one: &Fee<'_>) {
        self.id(page, one.id, one.name);
        self.feel(page, 4, self.words.when, one.when);
        self.feel(page, 4, self.words.amount, one.amount);
        self.unknown(page, one.unknown);
        if let Some(table) = &one.table {
            self.table(page, table);
        }
        if let Some(tiers) = &one.tiers {
            self.feel(page, 4, self.words.tiers, Some(tiers.of));
            for (up_to, rate) in &tiers.steps {
                let step = up_to.map_or(self.words.beyond.to_owned(), |up_to| format!("≤ {up_to}:"));
                self.feel(page, 6, &step, Some(rate));
            }
        }
        self.feel(page, 4, self.words.floor, one.floor);
        self.feel(page, 4, self.words.cap, one.cap);
        self.feel(page, 4, self.words.times, one.times);
        self.ground(page, 4, &one.ground);
        one.reductions.iter().for_each(|cut| self.reduction(page, cut));
    }

    fn reduction(&self, page: &mut Page, cut: &Reduction<'_>) {
        page.item("    − ", &format!("{}  {}", page.ink.paint(Tone::Strong, cut.id), cut.name));
        self.feel(page, 6, self.words.when, cut.when);
        self.feel(page, 6, self.words.to, cut.to);
        self.feel(page, 6, self.words.percent, cut.percent);
        self.feel(page, 6, self.words.off, cut.off);
        self.feel(page, 6, self.words.max_off, cut.max_off);
        self.ground(page, 6, &cut.ground);
    }

    fn deadline(&self, page: &mut Page, one: &Deadline<'_>) {
        self.id(page, one.id, one.period.as_deref().unwrap_or(""));
        self.feel(page, 4, self.words.when, one.when);
        self.unknown(page, one.unknown);
        self.feel(page, 4, self.words.clock, Some(one.clock));
        if let Some(cutoff) = &one.cutoff {
            self.feel(page, 4, self.words.cutoff, Some(&format!("{} {}", cutoff.at, cutoff.effect)));
        }
        one.not_before.iter().for_each(|text| self.feel(page, 4, self.words.not_before, Some(text)));
        self.feel(page, 4, self.words.extension, one.extension);
        self.ground(page, 4, &one.ground);
    }

    fn link(&self, page: &mut Page, one: &Link<'_>) {
        let code = one.procedure.map(|code| format!("{} {code}", self.words.carries_out));
        let about: Vec<&str> = one.name.into_iter().chain(code.as_deref()).chain(one.authority).collect();
        self.id(page, one.id, &about.join(" · "));
        let list = |all: &[&str]| (!all.is_empty()).then(|| all.join(", "));
        self.feel(page, 4, self.words.after, list(&one.after).as_deref());
        self.feel(page, 4, self.words.when, one.when);
        one.facts.iter().for_each(|(name, value)| self.feel(page, 4, &format!("{name} ="), Some(value)));
        one.covered.iter().for_each(|(element, by)| self.feel(page, 4, self.words.covers, Some(&format!("{element} ← {by}"))));
        self.feel(page, 4, "+", list(&one.elements).as_deref());
        self.feel(page, 4, self.words.result, one.result);
        for limit in &one.limit {
            page.item("    ", &format!("{} {}", page.ink.paint(Tone::Faint, self.words.limit), limit.period.as_deref().or(limit.unknown).unwrap_or("")));
            self.feel(page, 6, self.words.when, limit.when);
            self.ground(page, 6, &limit.ground);
        }
        self.feel(page, 4, self.words.if_refused, one.if_refused);
        self.ground(page, 4, &one.ground);
    }

    fn step(&self, page: &mut Page, one: &Step<'_>) {
        let about: Vec<&str> = [Some(one.name), one.office].into_iter().flatten().collect();
        self.id(page, one.id, &about.join(" · "));
        self.feel(page, 4, self.words.after, one.after.as_ref().map(|after| after.join(", ")).as_deref());
        self.feel(page, 4, self.words.when, one.when);
        self.feel(page, 4, self.words.limit, Some(one.period.as_deref().unwrap_or(self.words.rest)));
        self.feel(page, 4, self.words.cutoff, one.cutoff.as_deref());
        self.ground(page, 4, &one.ground);
    }

    fn apology(&self, page: &mut Page, one: &Apology<'_>) {
        self.id(page, one.id, one.form.unwrap_or(""));
        self.feel(page, 4, self.words.when, one.when);
        self.feel(page, 4, self.words.notice, one.notice.as_deref());
        self.feel(page, 4, self.words.reappointments, one.reappointments.map(|times| times.to_string()).as_deref());
        self.unknown(page, one.unknown);
        self.ground(page, 4, &one.ground);
    }

    fn declaration(&self, page: &mut Page, one: &Declaration<'_>) {
        let value = one.value.as_ref().map_or(String::new(), |value| format!("= {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        self.id(page, one.id, &value);
        self.feel(page, 4, self.words.when, one.when);
        self.unknown(page, one.unknown);
        one.why.iter().for_each(|why| page.text(4, Tone::Plain, why));
        self.ground(page, 4, &one.ground);
    }

    fn parameter(&self, page: &mut Page, one: &Parameter<'_>) {
        let value = one.value.as_ref().map_or(String::new(), |value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let label = one.label.map_or(String::new(), |label| format!("  {label}"));
        self.id(page, one.name, &format!("= {value} {}{label}", one.unit.unwrap_or("")));
        self.unknown(page, one.unknown);
        self.ground(page, 4, &one.ground);
    }

    fn definition(&self, page: &mut Page, one: &Definition<'_>) {
        self.id(page, one.name, one.label.unwrap_or(""));
        self.feel(page, 4, "=", one.value);
        self.unknown(page, one.unknown);
        if let Some(table) = &one.table {
            self.table(page, table);
        }
        self.ground(page, 4, &one.ground);
    }

    fn unknown(&self, page: &mut Page, why: Option<&str>) {
        if let Some(why) = why {
            page.text(4, Tone::Open, &format!("{}: {why}", words(self.language).open));
        }
    }

    /// The rows of a table with their columns under one another, what they rest on behind.
    fn table(&self, page: &mut Page, table: &Table<'_>) {
        let outputs = table.outputs.iter().map(|one| format!("=> {one}"));
        let head: Vec<String> = table.inputs.iter().map(|one| (*one).to_owned()).chain(outputs).chain([String::new()]).collect();
        let rows: Vec<Vec<String>> = table
            .rows
            .iter()
            .map(|row| {
                let cells = row.tests.iter().chain(&row.outputs).map(|cell| (*cell).to_owned());
                let mark = labels::confidence(row.ground.confidence, self.language).map_or(String::new(), |mark| format!(" [{mark}]"));
                let ground = format!("{}  {}{mark}", row.ground.citations.join("; "), self.dates(&row.ground));
                let id = row.id.map_or(String::new(), |id| format!("{id}: "));
                cells.chain([format!("{id}{}", ground.trim_end())]).collect()
            })
            .collect();
        let widths: Vec<usize> = head.iter().enumerate().map(|(at, cell)| {
            let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| width_of(cell));
            cells.chain([width_of(cell)]).max().unwrap_or(0)
        }).collect();
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
            format!("    │ {}", cells.join(" │ ")).trim_end().to_owned()
        };
        page.line(page.ink.paint(Tone::Faint, &line(&head)));
        rows.iter().for_each(|row| page.line(line(row)));
        self.feel(page, 4, self.words.otherwise, table.otherwise);
    }
}
