//! Reads rule files: text to [`Pack`], with every problem of every file.

mod amendment;
mod assessment;
mod case;
mod citation;
mod definition;
mod element;
mod fact;
mod fee;
mod file;
mod handling;
mod linked;
mod scalar;
mod table;
#[cfg(test)]
pub(super) mod tests;
mod yaml;

use std::fmt::{self, Display};
use std::sync::Arc;

pub(super) use amendment::section_node;

use super::keys::{self, Key, Need, Node};
use super::{Entry, Pack, Yaml, YamlKind};
use crate::diagnostics::{Code, Diagnostic, Parsed, nearest};
use crate::source::{SourceMap, Span, Spanned};

/// Reads every source whose name ends in `.yaml` or `.yml`.
///
/// What cannot be understood is left out and told in the diagnostics, which are in source order.
#[must_use]
pub fn read(sources: &SourceMap) -> Parsed<Pack> {
    let mut pack = Pack::default();
    let mut reader = Reader::default();
    for (id, source) in sources.iter() {
        if !(source.name().ends_with(".yaml") || source.name().ends_with(".yml")) {
            continue;
        }
        let document = yaml::parse(id, source.text(), &mut reader.diagnostics);
        reader.incomplete_file = !document.complete;
        match document.root {
            Some(root) if !root.is_null() => reader.file(root, &mut pack),
            _ if document.complete => {
                let span = Span::new(id, 0, 0);
                reader.problem(Code::UnknownFileKind, span, "the file is empty", "nothing here", kinds_of_file());
            }
            _ => {}
        }
    }
    Parsed { value: pack, diagnostics: reader.finish() }
}

/// The root of a text that can be read.
#[cfg(test)]
pub(super) fn parsed(id: crate::source::SourceId, text: &str) -> Yaml {
    yaml::parse(id, text, &mut Vec::new()).root.unwrap()
}

/// The kinds of file, for a help.
fn kinds_of_file() -> String {
    let kinds: Vec<String> = keys::FILES.iter().map(|(key, _)| format!("`{key}`")).collect();
    format!("begin the file with one of {}", kinds.join(", "))
}

/// Reads nodes and notes what is wrong with them.
#[derive(Default)]
pub(super) struct Reader {
    diagnostics: Vec<Diagnostic>,
    /// A part of the file could not be read: what it lacks at its top may have stood there.
    incomplete_file: bool,
    /// Some keys of an element are read by themselves: what they lack stands in the element they amend.
    pub(super) partial: bool,
}

impl Reader {
    /// All problems, in source order, each once.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|problem| (problem.span.source, problem.span.start, problem.span.end));
        self.diagnostics.dedup();
        self.diagnostics
    }

    /// Notes a problem: its kind and place, one sentence, what is said under the place, a way out (or nothing).
    pub(super) fn problem(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let help = Some(help.into()).filter(|help| !help.is_empty());
        self.diagnostics.push(Diagnostic { help, ..Diagnostic::new(code, span, message).label(label) });
    }

    /// Adds another place to the problem that was noted last.
    fn also(&mut self, span: Span, what: &str) {
        if let Some(problem) = self.diagnostics.last_mut() {
            problem.related.push((span, what.to_owned()));
        }
    }

    fn wrong_shape(&mut self, yaml: &Yaml, what: impl Display, wanted: &str, help: &str) {
        let message = format!("{what} must be {wanted}, not {}", yaml.what());
        self.problem(Code::WrongShape, yaml.span, message, format!("{wanted} is wanted here"), help);
    }

    /// The keys of a mapping of a known kind; `None` if it is no mapping.
    pub(super) fn fields<'y>(&mut self, yaml: &'y Yaml, node: &'static Node) -> Option<Fields<'y>> {
        let Some(entries) = yaml.entries() else {
            let keys: Vec<&str> = node.all().filter(|key| key.need == Need::Required).map(|key| key.name).collect();
            let help = if keys.is_empty() { String::new() } else { format!("write `{}: …`", keys.join(": …`, `")) };
            self.wrong_shape(yaml, node.what, "a mapping", &help);
            return None;
        };
        let mut fields = Fields { node, yaml, given: Vec::with_capacity(entries.len()) };
        for (name, value) in entries {
            match node.key(&name.value) {
                None => self.unknown_key(node, name, value),
                Some(key) => {
                    if value.is_null() && !matches!(key.shape, keys::Shape::Any) {
                        self.problem(
                            Code::WrongShape,
                            name.span,
                            format!("nothing stands under `{}`", key.name),
                            "empty",
                            format!("write {}, or leave `{}` out", key.doc, key.name),
                        );
                    }
                    fields.given.push((key, value));
                }
            }
        }
        if !self.partial {
            self.missing_keys(&fields);
        }
        self.stray_keys(&fields);
        fields.given.retain(|(key, value)| !value.is_null() || matches!(key.shape, keys::Shape::Any));
        Some(fields)
    }

    fn unknown_key(&mut self, node: &Node, name: &Spanned<Arc<str>>, value: &Yaml) {
        let known: Vec<&str> = node.all().map(|key| key.name).collect();
        // `{ vi: Nhà thuê, ở nhờ, en: … }`: the words after the comma become a key with nothing under it.
        let after_comma = value.is_null() && value.span.start == value.span.end && known.iter().all(|known| **known != *name.value);
        let near = nearest(&name.value, known.iter().copied());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if after_comma => "in braces a comma ends a text: put a text that holds commas in quotes".to_owned(),
            None => format!("its keys are `{}`", known.join("`, `")),
        };
        self.problem(Code::UnknownKey, name.span, format!("{} has no key `{}`", node.what, name.value), "not a key here", help);
    }

    fn missing_keys(&mut self, fields: &Fields<'_>) {
        let node = fields.node;
        let is_file = keys::FILES.iter().any(|(_, file)| file.what == node.what);
        if is_file && self.incomplete_file {
            return;
        }
        for key in node.all().filter(|key| key.need == Need::Required && !fields.has(key.name)) {
            self.missing(fields, format!("`{}`", key.name), format!("add `{}: …`: {}", key.name, key.doc));
        }
        for choice in node.choices {
            let given: Vec<&str> = choice.iter().copied().filter(|name| fields.has(name)).collect();
            match given.as_slice() {
                [] => {
                    let (last, rest) = choice.split_last().unwrap_or((&"", &[]));
                    self.missing(fields, format!("`{}` or `{last}`", rest.join("`, `")), "give one of them".to_owned());
                }
                [_] => {}
                [first, second, ..] => {
                    let span = fields.key_span(second);
                    self.problem(
                        Code::WrongShape,
                        span,
                        format!("{} has both `{first}` and `{second}`", fields.title()),
                        format!("beside `{first}`"),
                        "keep one of the two",
                    );
                }
            }
        }
    }

    fn missing(&mut self, fields: &Fields<'_>, what: String, help: String) {
        self.problem(Code::MissingKey, fields.place(), format!("{} has no {what}", fields.title()), "lacks a key", help);
    }

    fn stray_keys(&mut self, fields: &Fields<'_>) {
        for (key, _) in &fields.given {
            let Need::Beside(other) = key.need else { continue };
            if !fields.has(other) && !self.partial {
                let message = format!("`{}` says nothing without `{other}`", key.name);
                let help = format!("remove it, or give `{other}`");
                self.problem(Code::UnknownKey, fields.key_span(key.name), message, format!("no `{other}` here"), help);
            }
        }
    }

    /// The items of a list; a problem if it is none.
    pub(super) fn list<'y>(&mut self, fields: &Fields<'y>, key: &str) -> &'y [Yaml] {
        let Some(yaml) = fields.get(key) else { return &[] };
        match &yaml.kind {
            YamlKind::Sequence(items) => items,
            _ => {
                self.wrong_shape(yaml, Quoted(key), "a list", "begin each item with `- `");
                &[]
            }
        }
    }

    /// The items of a list, or the one thing that stands in its place.
    pub(super) fn one_or_more<'y>(fields: &Fields<'y>, key: &str) -> &'y [Yaml] {
        match fields.get(key) {
            None => &[],
            Some(Yaml { kind: YamlKind::Sequence(items), .. }) => items,
            Some(one) => std::slice::from_ref(one),
        }
    }

    /// The entries of a mapping from names; a problem if it is none.
    pub(super) fn named<'y>(&mut self, fields: &Fields<'y>, key: &str) -> &'y [Entry] {
        let Some(yaml) = fields.get(key) else { return &[] };
        match &yaml.kind {
            YamlKind::Mapping(entries) => entries,
            _ => {
                self.wrong_shape(yaml, Quoted(key), "a mapping", "write `name: …`, each on a line of its own");
                &[]
            }
        }
    }

    /// Reads each item of a list.
    pub(super) fn each<T>(&mut self, fields: &Fields<'_>, key: &str, mut read: impl FnMut(&mut Self, &Yaml) -> Option<T>) -> Vec<T> {
        self.list(fields, key).iter().filter_map(|item| read(self, item)).collect()
    }
}

/// The keys that a mapping gives, none of them empty.
pub(super) struct Fields<'y> {
    node: &'static Node,
    yaml: &'y Yaml,
    given: Vec<(&'static Key, &'y Yaml)>,
}

impl<'y> Fields<'y> {
    /// What stands under a key.
    pub(super) fn get(&self, name: &str) -> Option<&'y Yaml> {
        debug_assert!(self.node.key(name).is_some(), "{} has no key {name} in its table", self.node.what);
        self.given.iter().find(|(key, _)| key.name == name).map(|(_, value)| *value)
    }

    fn has(&self, name: &str) -> bool {
        self.given.iter().any(|(key, _)| key.name == name)
    }

    fn key_span(&self, name: &str) -> Span {
        let entry = self.yaml.entries().and_then(|entries| entries.iter().find(|(key, _)| &*key.value == name));
        entry.map_or(self.yaml.span, |(key, _)| key.span)
    }

    /// The whole mapping.
    pub(super) fn span(&self) -> Span {
        self.yaml.span
    }

    /// What it is called in a message: ``condition `rent_area` ``.
    fn title(&self) -> String {
        let id = self.node.all().next().and_then(|first| self.get(first.name)).and_then(Yaml::scalar);
        match id {
            Some((id, _)) if self.node.all().next().is_some_and(|first| matches!(first.shape, keys::Shape::Id | keys::Shape::Code)) => {
                format!("{} `{id}`", self.node.what.split_once(' ').map_or(self.node.what, |(_, rest)| rest))
            }
            _ => self.node.what.to_owned(),
        }
    }

    /// Where to point at when something is not there: at its id, or else at its first key.
    fn place(&self) -> Span {
        let id = self.yaml.get("id").map(|id| id.span);
        id.or_else(|| self.yaml.entries()?.first().map(|(key, _)| key.span)).unwrap_or(self.yaml.span)
    }
}

/// A name in backticks.
#[derive(Clone, Copy)]
pub(super) struct Quoted<'a>(pub &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}
