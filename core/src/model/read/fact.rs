//! Declarations of facts.

use std::sync::Arc;

use super::{Fields, Quoted, Reader};
use crate::diagnostics::Code;
use crate::model::keys::{self, Node};
use crate::model::{FactDecl, FactKind, Text, TextFormat, ValueDecl, Yaml};
use crate::source::Spanned;
use crate::value::{Date, DateTime, Decimal, Time, Value};

const LONGEST_TEXT: u32 = 200;
const MOST_ITEMS: u32 = 100;

impl Reader {
    /// `facts` of a vocabulary or a procedure.
    pub(super) fn facts(&mut self, fields: &Fields<'_>) -> Vec<FactDecl> {
        let mut facts = Vec::new();
        for (name, yaml) in self.named(fields, "facts") {
            self.check_fact_name(&name.value, name.span);
            facts.extend(self.fact(name, yaml, keys::FACT_TYPES));
        }
        facts
    }

    fn fact(&mut self, name: &Spanned<Arc<str>>, yaml: &Yaml, types: &'static [(&'static str, Node)]) -> Option<FactDecl> {
        let (kind, node) = self.fact_type(name, yaml, types)?;
        let fields = self.fields(yaml, node)?;
        let label = self.label(&fields, "label").unwrap_or_else(|| Text { vi: name.value.clone(), en: name.value.clone() });
        let help = self.label(&fields, "help");
        let optional = self.flag(&fields, "optional").unwrap_or(false);
        let kind = self.fact_kind(kind, &fields)?;
        let default = node.key("default").and_then(|_| fields.get("default")).and_then(|yaml| self.default(yaml, &kind, &name.value));
        Some(FactDecl { name: name.clone(), kind, optional, default, label, help, span: name.span.to(yaml.span) })
    }

    /// The declared type and the keys that it may have.
    fn fact_type(
        &mut self,
        name: &Spanned<Arc<str>>,
        yaml: &Yaml,
        types: &'static [(&'static str, Node)],
    ) -> Option<(&'static str, &'static Node)> {
        if yaml.entries().is_none() {
            let what = format!("the declaration of `{}`", name.value);
            self.wrong_shape(yaml, what, "a mapping", "write `{ type: …, label: { vi: …, en: … } }`");
            return None;
        }
        let names: Vec<(&str, &str)> = types.iter().map(|(name, _)| (*name, "")).collect();
        let Some(given) = yaml.get("type") else {
            let all: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            let help = format!("`type` is one of `{}`", all.join("`, `"));
            self.problem(Code::MissingKey, name.span, format!("the fact `{}` has no `type`", name.value), "lacks a key", help);
            return None;
        };
        let text = self.scalar(given, Quoted("type"))?;
        let place = self.choice_in(text, given.span, "type", &names)?;
        types.get(place).map(|(name, node)| (*name, node))
    }

    fn fact_kind(&mut self, kind: &str, fields: &Fields<'_>) -> Option<FactKind> {
        Some(match kind {
            "boolean" => FactKind::Boolean,
            "integer" | "number" => FactKind::Number {
                min: self.number(fields, "min"),
                max: self.number(fields, "max"),
                decimals: if kind == "integer" { Some(0) } else { self.count(fields, "decimals").map(|n| n.min(255) as u8) },
                unit: self.text(fields, "unit"),
            },
            "enum" => FactKind::Enumeration(self.values(fields)?),
            "set" => FactKind::Set(self.values(fields)?),
            "text" => FactKind::Text {
                max_length: self.count(fields, "max_length").unwrap_or(LONGEST_TEXT),
                format: match self.choice(fields, "format", keys::FORMATS) {
                    Some(0) => TextFormat::PersonalId,
                    Some(1) => TextFormat::Name,
                    Some(2) => TextFormat::Phone,
                    _ => TextFormat::Any,
                },
            },
            "date" => FactKind::Date {
                min: self.date(fields, "min").or_else(|| Date::from_ymd(1900, 1, 1))?,
                max: self.date(fields, "max").or_else(|| Date::from_ymd(2199, 12, 31))?,
            },
            "time" => FactKind::Time,
            "datetime" => FactKind::DateTime,
            "texts" => FactKind::Texts { max_items: self.count(fields, "max_items").unwrap_or(MOST_ITEMS) },
            _ => {
                let max_items = self.count(fields, "max_items").unwrap_or(MOST_ITEMS);
                fields.get("of")?;
                let mut of = Vec::new();
                for (name, yaml) in self.named(fields, "of") {
                    self.check_id(&name.value, name.span);
                    of.extend(self.fact(name, yaml, keys::FIELD_TYPES));
                }
                FactKind::Records { fields: of, max_items }
            }
        })
    }

    fn values(&mut self, fields: &Fields<'_>) -> Option<Vec<ValueDecl>> {
        fields.get("values")?;
        let mut values = Vec::new();
        for (code, yaml) in self.named(fields, "values") {
            self.check_code(&code.value, code.span);
            let label = self.label_in(yaml, Quoted(&code.value));
            let label = label.unwrap_or_else(|| Text { vi: code.value.clone(), en: code.value.clone() });
            values.push(ValueDecl { code: code.clone(), label });
        }
        Some(values)
    }

    fn default(&mut self, yaml: &Yaml, kind: &FactKind, name: &str) -> Option<Spanned<Value>> {
        let value = match (kind, yaml.items(), yaml.scalar()) {
            (FactKind::Set(_) | FactKind::Texts { .. }, Some(items), _) => {
                let texts: Option<Vec<Value>> = items.iter().map(|item| item.scalar().map(|(text, _)| Value::text(text))).collect();
                texts.map(|texts| Value::List(texts.into()))
            }
            (FactKind::Records { .. }, Some([]), _) => Some(Value::List([].into())),
            (FactKind::Enumeration(_) | FactKind::Text { .. }, _, Some((text, _))) if !yaml.is_null() => Some(Value::text(text)),
            (_, _, Some(_)) if yaml.is_null() => Some(Value::Null),
            (FactKind::Boolean, _, Some((text, _))) => match &**text {
                "true" => Some(Value::Boolean(true)),
                "false" => Some(Value::Boolean(false)),
                _ => None,
            },
            (FactKind::Number { .. }, _, Some((text, _))) => Decimal::parse(text).map(Value::Number),
            (FactKind::Date { .. }, _, Some((text, _))) => Date::parse(text).map(Value::Date),
            (FactKind::Time, _, Some((text, _))) => Time::parse(text).map(Value::Time),
            (FactKind::DateTime, _, Some((text, _))) => DateTime::parse(text).map(Value::DateTime),
            _ => None,
        };
        if value.is_none() {
            let help = match kind {
                FactKind::Records { .. } => "the only default of a list of records is `[]`",
                FactKind::Set(_) | FactKind::Texts { .. } => "write a list: `[]`, `[one, two]`",
                FactKind::Boolean => "write `true` or `false`",
                FactKind::Number { .. } => "write a number",
                FactKind::Date { .. } => "write `YYYY-MM-DD`",
                _ => "write a value of the type of the fact",
            };
            self.problem(
                Code::WrongShape,
                yaml.span,
                format!("the default of `{name}` does not suit its type"),
                "not a value of its type",
                help,
            );
        }
        value.map(|value| Spanned::new(value, yaml.span))
    }
}
