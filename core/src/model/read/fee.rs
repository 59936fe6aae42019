//! Fees.

use super::{Fields, Reader};
use crate::diagnostics::Code;
use crate::model::keys;
use crate::model::{Fee, FeeBase, Reduction, ReductionKind, RoundingRule, Tier, Tiers, Yaml};
use crate::value::Rounding;

impl Reader {
    /// Of `fees`.
    pub(in crate::model) fn fee(&mut self, yaml: &Yaml) -> Option<Fee> {
        let fields = self.fields(yaml, &keys::FEE)?;
        let id = self.id(&fields, "id");
        let name = self.label(&fields, "name").unwrap_or_default();
        let when = self.feel(&fields, "when");
        let amount = self.feel(&fields, "amount").map(FeeBase::Amount);
        let table = self.table(&fields).map(FeeBase::Table);
        let tiers = fields.get("tiers").and_then(|yaml| self.tiers(yaml)).map(FeeBase::Tiers);
        let unknown = self.label(&fields, "unknown").map(FeeBase::Unknown);
        let (floor, cap, times) = (self.feel(&fields, "floor"), self.feel(&fields, "cap"), self.feel(&fields, "times"));
        let reductions = self.each(&fields, "reductions", Self::reduction);
        let rounding = self.rounding(&fields);
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        let base = amount.or(table).or(tiers).or(unknown)?;
        Some(Fee { id: id?, name, interval, when, base, floor, cap, times, reductions, rounding, basis, span: fields.span() })
    }

    fn tiers(&mut self, yaml: &Yaml) -> Option<Tiers> {
        let fields = self.fields(yaml, &keys::TIERS)?;
        let of = self.feel(&fields, "of");
        let steps = self.each(&fields, "steps", Self::tier);
        let given = self.list(&fields, "steps");
        let open: Vec<bool> = given.iter().map(|step| step.get("up_to").is_none()).collect();
        if let Some((early, _)) = given.iter().zip(&open).rev().skip(1).find(|(_, open)| **open) {
            let help = "give every step but the last its `up_to`";
            self.problem(Code::WrongShape, early.span, "a step without `up_to` is not the last", "nothing comes after it", help);
        }
        if steps.is_empty() && fields.get("steps").is_some_and(|steps| steps.items().is_some_and(<[Yaml]>::is_empty)) {
            self.problem(Code::WrongShape, fields.span(), "`steps` is empty", "no step", "write at least `- { rate: … }`");
        }
        Some(Tiers { of: of?, steps })
    }

    fn tier(&mut self, yaml: &Yaml) -> Option<Tier> {
        let fields = self.fields(yaml, &keys::TIER)?;
        let (up_to, rate) = (self.feel(&fields, "up_to"), self.feel(&fields, "rate"));
        Some(Tier { up_to, rate: rate? })
    }

    fn reduction(&mut self, yaml: &Yaml) -> Option<Reduction> {
        let fields = self.fields(yaml, &keys::REDUCTION)?;
        let id = self.id(&fields, "id");
        let name = self.label(&fields, "name").unwrap_or_default();
        let when = self.feel(&fields, "when");
        let amount = self.feel(&fields, "amount").map(ReductionKind::To);
        let percent = self.feel(&fields, "percent").map(ReductionKind::Percent);
        let off = self.feel(&fields, "off").map(ReductionKind::Off);
        let max_off = self.feel(&fields, "max_off");
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        let kind = amount.or(percent).or(off)?;
        Some(Reduction { id: id?, name, interval, when, kind, max_off, basis, span: fields.span() })
    }

    fn rounding(&mut self, fields: &Fields<'_>) -> RoundingRule {
        let mut rule = RoundingRule { to: 1, mode: Rounding::HalfUp };
        let Some(yaml) = fields.get("rounding") else { return rule };
        let Some(fields) = self.fields(yaml, &keys::ROUNDING) else { return rule };
        if let Some(to) = self.count(&fields, "to") {
            if to == 0 {
                self.problem(Code::BadNumber, yaml.span, "a fee cannot be rounded to 0", "at least 1 is wanted here", "write `to: 1`");
            }
            rule.to = to.max(1);
        }
        rule.mode = match self.choice(&fields, "mode", keys::ROUNDING_MODES) {
            Some(1) => Rounding::HalfEven,
            Some(2) => Rounding::Up,
            Some(3) => Rounding::Down,
            _ => Rounding::HalfUp,
        };
        rule
    }
}
