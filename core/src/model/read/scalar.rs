//! Scalars of each shape: texts, names, days, numbers, choices, FEEL, periods; and texts in both languages.

use std::fmt::Display;
use std::sync::Arc;

use super::{Fields, Quoted, Reader};
use crate::diagnostics::{Code, nearest};
use crate::model::{Confidence, FeelText, Interval, Period, Text, Yaml, YamlKind};
use crate::source::{Span, Spanned};
use crate::value::{Date, DateTime, Decimal, Time, nfc};

/// `Some(())` for a name of `lower_snake_case`.
fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// `text` in NFC; shared if it is already.
fn normal(text: &Arc<str>) -> Arc<str> {
    match nfc(text) {
        std::borrow::Cow::Borrowed(same) if same.len() == text.len() => text.clone(),
        changed => changed.as_ref().into(),
    }
}

impl Reader {
    /// The text of a scalar; a problem if it is none.
    pub(super) fn scalar<'y>(&mut self, yaml: &'y Yaml, what: impl Display + Copy) -> Option<&'y Arc<str>> {
        if yaml.is_null() {
            self.problem(Code::WrongShape, yaml.span, format!("nothing stands where {what} is wanted"), "empty", "");
            return None;
        }
        let Some((text, _)) = yaml.scalar() else {
            self.wrong_shape(yaml, what, "a text", "");
            return None;
        };
        Some(text)
    }

    /// A text as it stands.
    pub(super) fn text(&mut self, fields: &Fields<'_>, key: &str) -> Option<Arc<str>> {
        let yaml = fields.get(key)?;
        self.scalar(yaml, Quoted(key)).map(normal)
    }

    /// A name of `lower_snake_case` under `id` or another key.
    pub(super) fn id(&mut self, fields: &Fields<'_>, key: &str) -> Option<Spanned<Arc<str>>> {
        let yaml = fields.get(key)?;
        self.id_in(yaml, Quoted(key))
    }

    /// A name of `lower_snake_case`.
    pub(super) fn id_in(&mut self, yaml: &Yaml, what: impl Display + Copy) -> Option<Spanned<Arc<str>>> {
        let text = self.scalar(yaml, what)?;
        self.check_id(text, yaml.span);
        Some(Spanned::new(text.clone(), yaml.span))
    }

    /// Refuses what is not `lower_snake_case`.
    pub(super) fn check_id(&mut self, text: &str, span: Span) {
        if !is_id(text) {
            self.problem(
                Code::BadName,
                span,
                format!("`{text}` is not a name"),
                "not `lower_snake_case`",
                "use the letters a to z, digits and `_`, beginning with a letter",
            );
        }
    }

    /// A dotted name of a fact.
    pub(super) fn fact_name(&mut self, fields: &Fields<'_>, key: &str) -> Option<Spanned<Arc<str>>> {
        let yaml = fields.get(key)?;
        let text = self.scalar(yaml, Quoted(key))?;
        self.check_fact_name(text, yaml.span);
        Some(Spanned::new(text.clone(), yaml.span))
    }

    /// Refuses what is not names of `lower_snake_case` with dots between.
    pub(super) fn check_fact_name(&mut self, text: &str, span: Span) {
        if !text.split('.').all(is_id) {
            self.problem(
                Code::BadName,
                span,
                format!("`{text}` is not the name of a fact"),
                "not `group.name`",
                "write `group.name`, each part of a to z, digits and `_`, beginning with a letter",
            );
        }
    }

    /// The code of a procedure or of an enumerated value, the number of an instrument, the id of a case: letters, digits
    /// and `. - _ /`.
    pub(super) fn code(&mut self, fields: &Fields<'_>, key: &str) -> Option<Spanned<Arc<str>>> {
        let yaml = fields.get(key)?;
        let text = normal(self.scalar(yaml, Quoted(key))?);
        self.check_code(&text, yaml.span);
        Some(Spanned::new(text, yaml.span))
    }

    /// Refuses spaces and other signs in a code.
    pub(super) fn check_code(&mut self, text: &str, span: Span) {
        if text.is_empty() || !text.chars().all(|c| c.is_alphanumeric() || "._-/+".contains(c)) {
            self.problem(
                Code::BadName,
                span,
                format!("`{text}` is not a code"),
                "a sign that a code may not have",
                "use letters, digits and `.`, `-`, `_`, `/`",
            );
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, fields: &Fields<'_>, key: &str) -> Option<bool> {
        let yaml = fields.get(key)?;
        match yaml.scalar().map(|(text, _)| &**text) {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => {
                self.wrong_shape(yaml, Quoted(key), "`true` or `false`", "");
                None
            }
        }
    }

    /// A whole number, not negative.
    pub(super) fn count(&mut self, fields: &Fields<'_>, key: &str) -> Option<u32> {
        let yaml = fields.get(key)?;
        let text = self.scalar(yaml, Quoted(key))?;
        let number = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        if number.is_none() {
            self.problem(Code::BadNumber, yaml.span, format!("`{text}` is not a whole number"), "a number such as `2` is wanted here", "");
        }
        number
    }

    /// An exact decimal.
    pub(super) fn number(&mut self, fields: &Fields<'_>, key: &str) -> Option<Decimal> {
        let yaml = fields.get(key)?;
        let text = self.scalar(yaml, Quoted(key))?;
        let number = Decimal::parse(text);
        if number.is_none() {
            self.problem(
                Code::BadNumber,
                yaml.span,
                format!("`{text}` is not a number"),
                "a number such as `12.5` is wanted here",
                "write digits with `.` before the decimals and no separators",
            );
        }
        number
    }

    /// A day.
    pub(super) fn date(&mut self, fields: &Fields<'_>, key: &str) -> Option<Date> {
        let yaml = fields.get(key)?;
        let text = self.scalar(yaml, Quoted(key))?;
        self.date_in(text, yaml.span)
    }

    /// A day that is written as `text`.
    pub(super) fn date_in(&mut self, text: &str, span: Span) -> Option<Date> {
        let date = (text.len() == 10).then(|| Date::parse(text)).flatten();
        if date.is_none() {
            let shaped =
                text.len() == 10 && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
            let message = if shaped { format!("there is no day `{text}`") } else { format!("`{text}` is not a date") };
            let help = day_first(text).unwrap_or_else(|| "write `YYYY-MM-DD`".to_owned());
            self.problem(Code::BadDate, span, message, "a date is wanted here", help);
        }
        date
    }

    /// A time of day.
    pub(super) fn time(&mut self, fields: &Fields<'_>, key: &str) -> Option<Time> {
        let yaml = fields.get(key)?;
        let text = self.scalar(yaml, Quoted(key))?;
        let time = Time::parse(text);
        if time.is_none() {
            self.problem(Code::BadDate, yaml.span, format!("`{text}` is not a time of day"), "a time such as `15:00` is wanted here", "");
        }
        time
    }

    /// A day and a time.
    pub(super) fn moment(&mut self, fields: &Fields<'_>, key: &str) -> Option<DateTime> {
        let yaml = fields.get(key)?;
        let text = self.scalar(yaml, Quoted(key))?;
        let moment = DateTime::parse(text);
        if moment.is_none() {
            self.problem(
                Code::BadDate,
                yaml.span,
                format!("`{text}` is not a day and a time"),
                "a moment such as `2026-05-10T09:00` is wanted here",
                "",
            );
        }
        moment
    }

    /// The days in force, under `from` and `until`.
    pub(super) fn interval(&mut self, fields: &Fields<'_>) -> Interval {
        let (from, until) = (self.date(fields, "from"), self.date(fields, "until"));
        let spans = [fields.get("from"), fields.get("until")].map(|yaml| yaml.map(|yaml| yaml.span));
        let span = match spans {
            [Some(from), Some(until)] => Some(from.to(until)),
            [from, until] => from.or(until),
        };
        Interval { from, until, span }
    }

    /// One of a closed set: its place in `choices`.
    pub(super) fn choice(&mut self, fields: &Fields<'_>, key: &str, choices: &[(&str, &str)]) -> Option<usize> {
        let yaml = fields.get(key)?;
        let text = self.scalar(yaml, Quoted(key))?;
        self.choice_in(text, yaml.span, key, choices)
    }

    /// One of a closed set that is written as `text`.
    pub(super) fn choice_in(&mut self, text: &str, span: Span, key: &str, choices: &[(&str, &str)]) -> Option<usize> {
        let found = choices.iter().position(|(name, _)| *name == text);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let help = match nearest(text, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it is one of `{}`", names.join("`, `")),
            };
            self.problem(Code::UnknownValue, span, format!("`{key}` cannot be `{text}`"), "not one of its values", help);
        }
        found
    }

    /// One of a closed set, as it is written.
    pub(super) fn chosen(&mut self, fields: &Fields<'_>, key: &str, choices: &[(&str, &str)]) -> Option<Spanned<Arc<str>>> {
        self.choice(fields, key, choices)?;
        let yaml = fields.get(key)?;
        Some(Spanned::new(yaml.scalar()?.0.clone(), yaml.span))
    }

    /// How sure something is.
    pub(super) fn confidence(&mut self, fields: &Fields<'_>) -> Confidence {
        confidence_at(self.choice(fields, "confidence", crate::model::keys::CONFIDENCE))
    }

    /// An expression, as it stands in the file.
    pub(super) fn feel(&mut self, fields: &Fields<'_>, key: &str) -> Option<FeelText> {
        let yaml = fields.get(key)?;
        self.feel_in(yaml, Quoted(key))
    }

    /// An expression, as it stands in the file.
    pub(super) fn feel_in(&mut self, yaml: &Yaml, what: impl Display + Copy) -> Option<FeelText> {
        match &yaml.kind {
            YamlKind::Scalar { written, .. } => Some(Spanned::new(written.clone(), yaml.span)),
            _ => {
                self.wrong_shape(yaml, what, "a FEEL expression", "an expression that begins with `[` or `{` goes in single quotes");
                None
            }
        }
    }

    /// A text in both languages; where one is missing the other stands for it.
    pub(super) fn label(&mut self, fields: &Fields<'_>, key: &str) -> Option<Text> {
        let yaml = fields.get(key)?;
        self.label_in(yaml, Quoted(key))
    }

    /// A text in both languages; where one is missing the other stands for it.
    pub(super) fn label_in(&mut self, yaml: &Yaml, what: impl Display + Copy) -> Option<Text> {
        let Some(entries) = yaml.entries() else {
            self.wrong_shape(yaml, what, "a `{ vi, en }` pair", "write `{ vi: …, en: … }`");
            return None;
        };
        let mut found: [Option<Arc<str>>; 2] = [None, None];
        let [vi, en] = &mut found;
        let mut strays = false;
        for (name, value) in entries {
            let place = match &*name.value {
                "vi" => &mut *vi,
                "en" => &mut *en,
                _ => {
                    strays = true;
                    self.stray_language(name, value);
                    continue;
                }
            };
            if !value.is_null() {
                *place = self.scalar(value, what).map(normal);
            }
        }
        for (code, language, text) in [("vi", "Vietnamese", &found[0]), ("en", "English", &found[1])] {
            let given = yaml.get(code).is_some_and(|value| !value.is_null() && value.scalar().is_none());
            // Words that a comma cut off are told already.
            let cut_off = strays && yaml.get(code).is_some();
            if text.as_ref().is_none_or(|text| text.trim().is_empty()) && !given && !cut_off {
                let place = entries.first().map_or(yaml.span, |(_, value)| yaml.span.to(value.span));
                self.problem(
                    Code::MissingLabel,
                    place,
                    format!("{what} is not given in {language}"),
                    format!("no `{code}`"),
                    format!("add `{code}: …`: people read it in both languages"),
                );
            }
        }
        let [vi, en] = found;
        let vi_or_en = vi.clone().or_else(|| en.clone())?;
        Some(Text { vi: vi_or_en.clone(), en: en.unwrap_or(vi_or_en) })
    }

    fn stray_language(&mut self, name: &Spanned<Arc<str>>, value: &Yaml) {
        let cut = value.span.start == value.span.end && value.is_null();
        let message = if cut {
            format!("`{}` is cut off by a comma", name.value)
        } else {
            format!("`{}` is not a language of the texts", name.value)
        };
        let help = if cut {
            "in braces a comma ends a text: put the whole text in quotes".to_owned()
        } else {
            "a text is given as `{ vi: …, en: … }`".to_owned()
        };
        self.problem(Code::UnknownKey, name.span, message, if cut { "a key with nothing under it" } else { "not `vi` or `en`" }, help);
    }

    /// A length in a unit.
    pub(super) fn period(&mut self, fields: &Fields<'_>, key: &str) -> Option<Period> {
        let yaml = fields.get(key)?;
        let text = self.scalar(yaml, Quoted(key))?;
        let period = Period::parse(text);
        if period.is_none() {
            self.problem(
                Code::BadPeriod,
                yaml.span,
                format!("`{text}` is not a period"),
                "a period is wanted here",
                "write `7 working days`, `10 days`, `2 months`, `24 hours`, `4 office hours` or `same day`",
            );
        }
        period
    }
}

/// The [`Confidence`] at a place of its choices.
pub(super) fn confidence_at(place: Option<usize>) -> Confidence {
    match place {
        Some(1) => Confidence::Recalled,
        Some(2) => Confidence::Uncertain,
        _ => Confidence::Verified,
    }
}

/// `01/07/2021` as it should be written, for a help.
fn day_first(text: &str) -> Option<String> {
    let mut parts = text.split(['/', '-', '.']);
    let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    let date = Date::from_ymd(year.parse().ok().filter(|_| year.len() == 4)?, month, day)?;
    parts.next().is_none().then(|| format!("did you mean `{date}`?"))
}
