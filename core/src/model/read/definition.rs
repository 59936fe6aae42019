//! Parameters and definitions.

use std::sync::Arc;

use super::{Fields, Quoted, Reader};
use crate::diagnostics::Code;
use crate::model::keys;
use crate::model::{Basis, DatedValue, Definition, DefinitionBody, Interval, Parameter, ParameterValue, Yaml, YamlKind};
use crate::source::Spanned;
use crate::value::{Date, Decimal, Value};

impl Reader {
    /// `parameters` of a vocabulary or a procedure.
    pub(super) fn parameters(&mut self, fields: &Fields<'_>) -> Vec<Parameter> {
        self.named(fields, "parameters").iter().filter_map(|(name, yaml)| self.parameter(name, yaml)).collect()
    }

    fn parameter(&mut self, name: &Spanned<Arc<str>>, yaml: &Yaml) -> Option<Parameter> {
        self.check_fact_name(&name.value, name.span);
        let name = name.clone();
        if let Some(items) = yaml.items() {
            let values = items.iter().filter_map(|item| self.dated_value(item)).collect();
            return Some(Parameter { name, label: None, unit: None, values });
        }
        if yaml.entries().is_none() {
            let help = "write `- { from: YYYY-MM-DD, value: …, cite: … }`: numbers of the law have dates";
            self.wrong_shape(yaml, format_args!("the parameter `{}`", name.value), "a list of dated values", help);
            return None;
        }
        let fields = self.fields(yaml, &keys::PARAMETER)?;
        let (label, unit) = (self.label(&fields, "label"), self.text(&fields, "unit"));
        let values = self.each(&fields, "values", Self::dated_value);
        Some(Parameter { name, label, unit, values })
    }

    /// A value of a parameter.
    pub(super) fn dated_value(&mut self, yaml: &Yaml) -> Option<DatedValue> {
        let fields = self.fields(yaml, &keys::DATED_VALUE)?;
        let value = fields.get("value").and_then(|yaml| self.value(yaml)).map(ParameterValue::Known);
        let unknown = self.label(&fields, "unknown").map(ParameterValue::Unknown);
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        Some(DatedValue { interval, value: value.or(unknown)?, basis, span: fields.span() })
    }

    /// A boolean, a number, a day, a text, or a list of texts and numbers.
    pub(super) fn value(&mut self, yaml: &Yaml) -> Option<Value> {
        match &yaml.kind {
            YamlKind::Scalar { text, plain: false, .. } => Some(Value::text(text)),
            YamlKind::Scalar { text, .. } => Some(plain_value(text)),
            YamlKind::Sequence(items) => {
                let values: Option<Vec<Value>> = items
                    .iter()
                    .map(|item| match &item.kind {
                        YamlKind::Scalar { text, plain: false, .. } => Some(Value::text(text)),
                        YamlKind::Scalar { text, .. } if !item.is_null() => Some(plain_value(text)),
                        _ => {
                            self.wrong_shape(item, "an item of a value", "a text or a number", "");
                            None
                        }
                    })
                    .collect();
                values.map(|values| Value::List(values.into()))
            }
            YamlKind::Mapping(_) => {
                self.wrong_shape(yaml, Quoted("value"), "a number, a text, a date or a list", "");
                None
            }
        }
    }

    /// `definitions` of a vocabulary or a procedure.
    pub(super) fn definitions(&mut self, fields: &Fields<'_>) -> Vec<Definition> {
        let mut definitions = Vec::new();
        for (name, yaml) in self.named(fields, "definitions") {
            self.check_fact_name(&name.value, name.span);
            match &yaml.kind {
                YamlKind::Sequence(items) => definitions.extend(items.iter().filter_map(|item| self.definition(name, item))),
                _ => definitions.extend(self.definition(name, yaml)),
            }
        }
        definitions
    }

    fn definition(&mut self, name: &Spanned<Arc<str>>, yaml: &Yaml) -> Option<Definition> {
        let name = name.clone();
        if yaml.is_null() {
            self.problem(Code::WrongShape, name.span, format!("nothing stands under `{}`", name.value), "empty", "write its expression");
            return None;
        }
        if let Some(expression) = yaml.scalar().and_then(|_| self.feel_in(yaml, Quoted(&name.value))) {
            let (interval, basis, span) = (Interval::default(), Basis::default(), name.span.to(yaml.span));
            return Some(Definition { name, label: None, interval, body: DefinitionBody::Expression(expression), basis, span });
        }
        let fields = self.fields(yaml, &keys::DEFINITION)?;
        let label = self.label(&fields, "label");
        let expression = self.feel(&fields, "value").map(DefinitionBody::Expression);
        let table = self.table(&fields).map(DefinitionBody::Table);
        let unknown = self.label(&fields, "unknown").map(DefinitionBody::Unknown);
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        let body = expression.or(table).or(unknown)?;
        let span = name.span.to(yaml.span);
        Some(Definition { name, label, interval, body, basis, span })
    }
}

fn plain_value(text: &str) -> Value {
    match text {
        "true" => Value::Boolean(true),
        "false" => Value::Boolean(false),
        _ => Date::parse(text)
            .filter(|_| text.len() == 10)
            .map(Value::Date)
            .or_else(|| Decimal::parse(text).map(Value::Number))
            .unwrap_or_else(|| Value::text(text)),
    }
}
