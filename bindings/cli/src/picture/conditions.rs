//! Conditions of eligibility and checks of the electronic identity.

use thutuc::wire::{ConditionAnswer, ConditionStatus, Overall};

use super::{Depth, Scene};
use crate::labels;
use crate::page::{Page, Tone};

impl Scene<'_> {
    pub(super) fn conditions(&self, page: &mut Page) {
        let eligibility = &self.decision.eligibility;
        page.heading(self.words.conditions, tone(eligibility.status), labels::overall(eligibility.status, self.language));
        self.each(page, "eligibility", &eligibility.conditions);
    }

    pub(super) fn identity(&self, page: &mut Page) {
        let identity = &self.decision.identity;
        let level = match identity.required_level {
            Some(0) if identity.checks.iter().all(|check| check.status == ConditionStatus::NotApplicable) => self.words.no_account.to_owned(),
            None | Some(0) => labels::overall(identity.status, self.language).to_owned(),
            Some(level) => format!("{} {level} · {}", self.words.level, labels::overall(identity.status, self.language)),
        };
        page.heading(self.words.identity, tone(identity.status), &level);
        self.each(page, "identity", &identity.checks);
    }

    fn each(&self, page: &mut Page, section: &str, conditions: &[ConditionAnswer<'_>]) {
        let short = self.depth == Depth::Short;
        let settled = |one: &&ConditionAnswer<'_>| matches!(one.status, ConditionStatus::Met | ConditionStatus::Unmet);
        for one in conditions.iter().filter(|one| !short || settled(one)) {
            self.condition(page, section, one);
        }
        if short {
            self.open(page, section, conditions);
            let idle = conditions.iter().filter(|one| one.status == ConditionStatus::NotApplicable).count();
            if idle > 0 {
                page.text(2, Tone::Faint, &format!("–  {}: {idle}", self.words.not_applicable));
            }
        }
    }

    /// Open conditions, those that wait for the same fact on one line.
    fn open(&self, page: &mut Page, section: &str, conditions: &[ConditionAnswer<'_>]) {
        let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
        for one in conditions.iter().filter(|one| one.status == ConditionStatus::Undetermined) {
            let needed = self.needed_for(&format!("{section}.{}", one.id)).unwrap_or_else(|| self.words.open.to_owned());
            match groups.iter_mut().find(|(of, _)| *of == needed) {
                Some((_, ids)) => ids.push(&one.id),
                None => groups.push((needed, vec![&one.id])),
            }
        }
        for (needed, ids) in groups {
            let ids = page.ink.paint(Tone::Faint, &format!("({})", ids.join(", ")));
            page.item(&format!("  {} ", page.ink.paint(Tone::Open, "?")), &format!("{needed} {ids}"));
        }
    }

    fn condition(&self, page: &mut Page, section: &str, one: &ConditionAnswer<'_>) {
        let (mark, tone) = match one.status {
            ConditionStatus::Met => ("✓", Tone::Good),
            ConditionStatus::Unmet => ("✗", Tone::Bad),
            ConditionStatus::Undetermined => ("?", Tone::Open),
            ConditionStatus::NotApplicable => ("–", Tone::Faint),
        };
        let because = self.because(&one.because);
        let id = page.ink.paint(Tone::Faint, &format!("({})", one.id));
        let said = match one.status {
            ConditionStatus::Unmet => one.message.clone().unwrap_or_default(),
            ConditionStatus::Undetermined => {
                let open = self.needed_for(&format!("{section}.{}", one.id));
                open.unwrap_or_else(|| self.words.open.to_owned())
            }
            ConditionStatus::Met => because.clone(),
            ConditionStatus::NotApplicable if because.is_empty() => self.words.not_applicable.to_owned(),
            ConditionStatus::NotApplicable => format!("{}: {because}", self.words.not_applicable),
        };
        let said = if one.status == ConditionStatus::Unmet { page.ink.paint(Tone::Strong, &said) } else { said };
        let text = if said.is_empty() { format!("{} {id}", self.words.met) } else { format!("{said} {id}") };
        page.item(&format!("  {} ", page.ink.paint(tone, mark)), &text);
        if let Some(wanted) = &one.wanted {
            page.item(&format!("    {} ", page.ink.paint(Tone::Bad, self.words.to_change)), wanted);
        }
        if one.status == ConditionStatus::Unmet && !because.is_empty() && (self.depth == Depth::Full || one.wanted.is_none()) {
            page.text(4, Tone::Plain, &format!("{} {because}", self.words.because));
        }
        if self.depth == Depth::Full || one.status != ConditionStatus::NotApplicable {
            self.cited(page, 4, &one.citations);
        }
    }
}

fn tone(overall: Overall) -> Tone {
    match overall {
        Overall::Met => Tone::Good,
        Overall::Unmet => Tone::Bad,
        Overall::Undetermined => Tone::Open,
    }
}
