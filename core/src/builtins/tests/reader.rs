//! Reads calls and literals, enough to run the examples of the declarations.

use std::sync::Arc;

use crate::builtins::{Env, find, property};
use crate::value::{Context, Date, DateTime, DaysDuration, Decimal, MonthsDuration, Time, Value};

/// The value of a literal, a call, or a part of one.
pub fn value(env: &Env<'_>, text: &str) -> Value {
    let mut reader = Reader { env, rest: text };
    let value = reader.value();
    assert!(reader.rest.trim().is_empty(), "not read: `{}` of `{text}`", reader.rest);
    value
}

struct Reader<'a> {
    env: &'a Env<'a>,
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn take(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn until(&mut self, stop: impl Fn(char) -> bool) -> &'a str {
        self.rest = self.rest.trim_start();
        let (part, rest) = self.rest.split_at(self.rest.find(stop).unwrap_or(self.rest.len()));
        self.rest = rest;
        part.trim_end()
    }

    fn value(&mut self) -> Value {
        let mut value = self.primary();
        while self.take(".") {
            let name = self.until(|c| !c.is_alphabetic() && c != ' ');
            value = property(&value, name).unwrap_or_default();
        }
        value
    }

    fn primary(&mut self) -> Value {
        if self.take("\"") {
            return Value::Text(self.quoted().into());
        }
        if self.take("@\"") {
            return temporal(&self.quoted());
        }
        if self.take("[") {
            return Value::List(self.several("]").into_iter().map(|(_, value)| value).collect());
        }
        if self.take("{") {
            let entries = self.several("}").into_iter().map(|(name, value)| (name.unwrap().into(), value));
            return Value::Context(Arc::new(Context(entries.collect())));
        }
        let word = self.until(|c| "()[]{},:\"".contains(c));
        if self.take("(") {
            return self.call(word);
        }
        match word {
            "null" => Value::Null,
            "true" | "false" => Value::Boolean(word == "true"),
            number => Value::Number(Decimal::parse(number).unwrap_or_else(|| panic!("no value: `{number}`"))),
        }
    }

    fn call(&mut self, name: &str) -> Value {
        let arguments = self.several(")");
        let builtin = find(name).unwrap_or_else(|| panic!("no function `{name}`"));
        let names: Option<Vec<String>> = arguments.iter().map(|(name, _)| name.clone()).collect();
        let values: Vec<Value> = arguments.into_iter().map(|(_, value)| value).collect();
        match names {
            Some(names) if !names.is_empty() => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let Ok((signature, order)) = builtin.bind(&names) else { return Value::Null };
                let values: Vec<Value> = order.iter().map(|from| from.map(|from| values[from].clone()).unwrap_or_default()).collect();
                let values = if signature.accepts(&values) { Some(values) } else { signature.coerce(&values) };
                values.map_or(Value::Null, |values| signature.call(self.env, &values))
            }
            _ => builtin.call(self.env, &values),
        }
    }

    fn several(&mut self, end: &str) -> Vec<(Option<String>, Value)> {
        let mut values = Vec::new();
        while !self.take(end) {
            let before = self.rest;
            let word = self.until(|c| !c.is_alphanumeric() && c != ' ');
            let name = (!word.is_empty() && self.take(":")).then(|| word.to_owned());
            if name.is_none() {
                self.rest = before;
            }
            values.push((name, self.value()));
            self.take(",");
        }
        values
    }

    fn quoted(&mut self) -> String {
        let mut text = String::new();
        let mut characters = self.rest.chars();
        loop {
            match characters.next().expect("a closing quotation mark") {
                '"' => break,
                '\\' => text.push(match characters.next().expect("an escaped character") {
                    'n' => '\n',
                    other => other,
                }),
                other => text.push(other),
            }
        }
        self.rest = characters.as_str();
        text
    }
}

fn temporal(text: &str) -> Value {
    None.or_else(|| Date::parse(text).map(Value::Date))
        .or_else(|| DateTime::parse(text).map(Value::DateTime))
        .or_else(|| DaysDuration::parse(text).map(Value::Days))
        .or_else(|| MonthsDuration::parse(text).map(Value::Months))
        .or_else(|| Time::parse(text).map(Value::Time))
        .unwrap_or_else(|| panic!("no temporal literal: {text}"))
}
