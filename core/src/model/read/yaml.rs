//! Text to [`Yaml`]. After a place that cannot be read it goes on at the next key at the left margin.

use std::collections::BTreeSet;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Entry, Yaml, YamlKind};
use crate::source::{SourceId, Span, Spanned};

/// Mappings and lists within each other; no rule file comes near it.
const DEEPEST: usize = 32;

/// How often reading is taken up again in one file.
const MOST_ERRORS: usize = 20;

/// A file as far as it could be read.
pub(super) struct Document {
    /// Its root; `None` where nothing could be read, or nothing is there.
    pub root: Option<Yaml>,
    /// Whether all of it could be read.
    pub complete: bool,
}

/// Reads one text.
pub(super) fn parse(source: SourceId, text: &str, out: &mut Vec<Diagnostic>) -> Document {
    let places = Places::new(text);
    let mut builder = Builder { source, text, places: &places, first: 0, stack: Vec::new(), root: None, out };
    let mut complete = true;
    let mut errors = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..) {
        builder.first = places.character(start);
        let stop = builder.run(rest);
        builder.salvage();
        match stop {
            Stop::End => break,
            Stop::Refused => {
                complete = false;
                break;
            }
            Stop::Error(error) => {
                complete = false;
                let at = places.byte(builder.first + error.marker().index()).max(start);
                let seen = errors.last().is_some_and(|(last, _)| *last == at);
                if !seen {
                    errors.push((at, error));
                }
                match next_margin_key(text, start, at, seen) {
                    Some(next) if errors.len() < MOST_ERRORS => start = next,
                    _ => break,
                }
            }
        }
    }
    let root = builder.root.take();
    report(source, text, errors, out);
    let root = root.map(|mut root| {
        refuse_duplicates(&mut root, out);
        root
    });
    Document { root, complete }
}

/// Where the characters that the YAML parser counts begin, in bytes.
struct Places(Option<Vec<u32>>);

impl Places {
    fn new(text: &str) -> Places {
        Places((!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect()))
    }

    fn byte(&self, character: usize) -> usize {
        match &self.0 {
            None => character,
            Some(starts) => starts.get(character).or(starts.last()).map_or(0, |at| *at as usize),
        }
    }

    fn character(&self, byte: usize) -> usize {
        self.0.as_ref().map_or(byte, |starts| starts.partition_point(|start| (*start as usize) < byte))
    }
}

enum Stop {
    End,
    Refused,
    Error(ScanError),
}

enum Open {
    Sequence { start: usize, items: Vec<Yaml> },
    Mapping { start: usize, entries: Vec<Entry>, key: Key },
}

/// What a mapping waits for.
enum Key {
    Wanted,
    Read(Spanned<Arc<str>>),
    /// The key was refused; its value is passed over.
    Refused,
}

struct Builder<'a> {
    source: SourceId,
    text: &'a str,
    places: &'a Places,
    /// The character at which the parser was started.
    first: usize,
    stack: Vec<Open>,
    root: Option<Yaml>,
    out: &'a mut Vec<Diagnostic>,
}

impl Builder<'_> {
    fn run(&mut self, rest: &str) -> Stop {
        let mut parser = Parser::new_from_str(rest);
        let mut documents = 0;
        loop {
            let (event, place) = match parser.next_event() {
                None | Some(Ok((Event::StreamEnd, _))) => return Stop::End,
                Some(Err(error)) => return Stop::Error(error),
                Some(Ok(event)) => event,
            };
            let (start, end) = (self.places.byte(self.first + place.start.index()), self.places.byte(self.first + place.end.index()));
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        self.refuse(start, end, "a second document begins here", "keep one document in a file and remove `---`");
                        return Stop::Refused;
                    }
                }
                Event::Scalar(text, style, anchor, tag) => {
                    self.refuse_marks(anchor, tag.is_some(), start, end);
                    let node = self.scalar(&text, style, start, end);
                    self.attach(node);
                }
                Event::SequenceStart(anchor, tag) => {
                    self.refuse_marks(anchor, tag.is_some(), start, end);
                    self.stack.push(Open::Sequence { start, items: Vec::new() });
                }
                Event::MappingStart(anchor, tag) => {
                    self.refuse_marks(anchor, tag.is_some(), start, end);
                    self.stack.push(Open::Mapping { start, entries: Vec::new(), key: Key::Wanted });
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    if let Some(node) = self.close(end) {
                        self.attach(node);
                    }
                }
                Event::Alias(_) => {
                    self.refuse(
                        start,
                        end,
                        "`*` refers to another place of the file",
                        "write it out; a text that begins with `*` goes in quotes",
                    );
                    self.skip();
                }
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
            if self.stack.len() > DEEPEST {
                let span = self.span(start, end);
                let message = format!("more than {DEEPEST} lists and mappings stand within each other");
                self.out.push(Diagnostic::new(Code::TooDeep, span, message).label("too deep"));
                return Stop::Refused;
            }
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start as u32, end.max(start) as u32)
    }

    fn refuse(&mut self, start: usize, end: usize, message: &str, help: &str) {
        let span = self.span(start, end);
        self.out.push(Diagnostic::new(Code::UnsupportedYaml, span, message).label("not used in rule files").help(help));
    }

    fn refuse_marks(&mut self, anchor: usize, tag: bool, start: usize, end: usize) {
        if anchor > 0 {
            self.refuse(start, end, "`&` names this place", "remove the name; a text that begins with `&` goes in quotes");
        }
        if tag {
            self.refuse(start, end, "`!` gives this place a type", "remove the type; a text that begins with `!` goes in quotes");
        }
    }

    fn scalar(&self, text: &str, style: ScalarStyle, start: usize, end: usize) -> Yaml {
        let whole = self.text.get(start..end).unwrap_or("");
        let (lead, raw) = match style {
            ScalarStyle::Plain if text.is_empty() => (0, ""),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => between_quotes(whole).map_or((0, whole), |inside| (1, inside)),
            ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => (0, whole.trim_end()),
        };
        let start = start + lead;
        let escaped = match style {
            ScalarStyle::DoubleQuoted => raw.contains('\\'),
            ScalarStyle::SingleQuoted => raw.contains("''"),
            _ => false,
        };
        let shared: Arc<str> = text.into();
        let written = if escaped || raw == text { shared.clone() } else { raw.into() };
        Yaml {
            kind: YamlKind::Scalar { text: shared, written, plain: style == ScalarStyle::Plain },
            span: self.span(start, start + raw.len()),
        }
    }

    fn close(&mut self, end: usize) -> Option<Yaml> {
        let (start, kind, last) = match self.stack.pop()? {
            Open::Sequence { start, items } => {
                let last = items.last().map(|item| item.span.end as usize);
                (start, YamlKind::Sequence(items), last)
            }
            Open::Mapping { start, entries, .. } => {
                let last = entries.last().map(|(_, value)| value.span.end as usize);
                (start, YamlKind::Mapping(entries), last)
            }
        };
        let flow = matches!(self.text.as_bytes().get(start), Some(b'{' | b'['));
        // A block ends where its last entry does: the parser tells its end only at whatever comes next.
        let end = if flow { start + self.text.get(start..end).map_or(0, |flow| flow.trim_end().len()) } else { last.unwrap_or(start) };
        Some(Yaml { kind, span: self.span(start, end) })
    }

    fn attach(&mut self, node: Yaml) {
        match self.stack.last_mut() {
            None => match (&mut self.root, node) {
                (None, node) => self.root = Some(node),
                (Some(Yaml { kind: YamlKind::Mapping(entries), span }), Yaml { kind: YamlKind::Mapping(more), span: further }) => {
                    entries.extend(more);
                    *span = span.to(further);
                }
                _ => {}
            },
            Some(Open::Sequence { items, .. }) => items.push(node),
            Some(Open::Mapping { entries, key, .. }) => match std::mem::replace(key, Key::Wanted) {
                Key::Read(name) => entries.push((name, node)),
                Key::Refused => {}
                Key::Wanted => match node.kind {
                    YamlKind::Scalar { text, .. } => *key = Key::Read(Spanned::new(text, node.span)),
                    YamlKind::Sequence(_) | YamlKind::Mapping(_) => {
                        *key = Key::Refused;
                        let help = "a key is a text; a text that begins with `{` or `[` goes in quotes";
                        let problem = Diagnostic::new(Code::UnsupportedYaml, node.span, "a list or a mapping stands where a key is wanted");
                        self.out.push(problem.label("not used in rule files").help(help));
                    }
                },
            },
        }
    }

    /// Passes over a node that was refused, and over its key.
    fn skip(&mut self) {
        if let Some(Open::Mapping { key, .. }) = self.stack.last_mut() {
            *key = if matches!(key, Key::Wanted) { Key::Refused } else { Key::Wanted };
        }
    }

    /// Keeps what was complete when reading stopped: the sections of the file, and the elements of the section it
    /// stopped in. An element that was not read to its end would only be blamed for what it lacks.
    fn salvage(&mut self) {
        self.stack.truncate(2);
        while self.stack.len() > 1 {
            let end = self.stack.last().map_or(0, |open| match open {
                Open::Sequence { start, .. } | Open::Mapping { start, .. } => *start,
            });
            match self.close(end) {
                Some(node) if node.items().is_some_and(|items| !items.is_empty()) || holds_only_containers(&node) => self.attach(node),
                _ => self.skip(),
            }
        }
        if let Some(root) = self.close(0) {
            self.attach(root);
        }
        self.stack.clear();
    }
}

/// What stands between the quotes that a text begins with; the parser counts a comment behind them to the text.
fn between_quotes(whole: &str) -> Option<&str> {
    let quote = whole.chars().next()?;
    let inside = whole.get(1..)?;
    let mut chars = inside.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let escapes = (quote == '"' && c == '\\') || (quote == '\'' && c == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\''));
        if escapes {
            chars.next();
        } else if c == quote {
            return inside.get(..at);
        }
    }
    None
}

fn holds_only_containers(node: &Yaml) -> bool {
    node.entries().is_some_and(|entries| !entries.is_empty() && entries.iter().all(|(_, value)| value.scalar().is_none()))
}

/// Where to go on after what could not be read `at`: the first line after `start` that lies there or later, begins with a
/// letter and holds a colon. The line of `at` itself is passed over once it was tried.
fn next_margin_key(text: &str, start: usize, at: usize, tried: bool) -> Option<usize> {
    let line_of = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let mut next = line_of;
    loop {
        let line = text.get(next..)?.lines().next()?;
        if next > start && !(tried && next == line_of) && line.starts_with(|c: char| c.is_ascii_alphabetic()) && line.contains(':') {
            return Some(next);
        }
        next += text.get(next..)?.find('\n')? + 1;
    }
}

/// Removes every key that stands in its mapping already.
fn refuse_duplicates(node: &mut Yaml, out: &mut Vec<Diagnostic>) {
    match &mut node.kind {
        YamlKind::Scalar { .. } => {}
        YamlKind::Sequence(items) => items.iter_mut().for_each(|item| refuse_duplicates(item, out)),
        YamlKind::Mapping(entries) => {
            entries.iter_mut().for_each(|(_, value)| refuse_duplicates(value, out));
            let mut order: Vec<usize> = (0..entries.len()).collect();
            let name = |i: &usize| entries.get(*i).map(|(key, _)| key);
            order.sort_by(|a, b| name(a).map(|key| &key.value).cmp(&name(b).map(|key| &key.value)));
            let mut again = BTreeSet::new();
            for same in order.chunk_by(|a, b| name(a).map(|key| &key.value) == name(b).map(|key| &key.value)) {
                let Some(first) = same.first().and_then(&name) else { continue };
                for (i, key) in same.iter().skip(1).filter_map(|i| Some((*i, name(i)?))) {
                    again.insert(i);
                    // A line that was read again after an error is no second key.
                    if key.span == first.span {
                        continue;
                    }
                    let message = format!("the key `{}` stands twice in one mapping", key.value);
                    let problem = Diagnostic::new(Code::DuplicateKey, key.span, message).label("again").related(first.span, "first here");
                    out.push(problem.help("keep one of the two"));
                }
            }
            let mut i = 0;
            entries.retain(|_| {
                i += 1;
                !again.contains(&(i - 1))
            });
        }
    }
}

/// Says what could not be read. Where tabs indent lines, they are named instead of what they lead to.
fn report(source: SourceId, text: &str, errors: Vec<(usize, ScanError)>, out: &mut Vec<Diagnostic>) {
    if errors.is_empty() {
        return;
    }
    let mut first_tab = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let blank = line.trim().is_empty();
        if let Some(tab) = line.get(..indent).filter(|_| !blank).and_then(|indent| indent.find('\t')) {
            first_tab = first_tab.or(Some(start));
            let width = line.get(tab..indent).map_or(1, |rest| rest.len() - rest.trim_start_matches('\t').len());
            let span = Span::new(source, (start + tab) as u32, (start + tab + width) as u32);
            let problem = Diagnostic::new(Code::TabIndent, span, "a tab indents this line").label("a tab");
            out.push(problem.help("indent with spaces: two a level"));
        }
        start += line.len();
    }
    for (at, error) in errors {
        if first_tab.is_some_and(|tab| at >= tab) {
            continue;
        }
        let (message, help) = explain(error.info());
        let at = at.min(text.len());
        let width = text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| !c.is_control()).map_or(0, char::len_utf8);
        let span = Span::new(source, at as u32, (at + width) as u32);
        out.push(Diagnostic::new(Code::UnreadableYaml, span, message).label("reading stopped here").help(help));
    }
}

/// What the parser's complaint most often means to whoever wrote the file.
fn explain(info: &str) -> (String, &'static str) {
    let known = [
        (
            "trailing content",
            "something follows the end of a quoted text",
            "an expression that begins with a quote goes in single quotes as a whole",
        ),
        ("mapping values", "a `: ` stands within a text", "put the text in quotes"),
        ("illegal placement of ':'", "a `: ` stands within a text", "put the text in quotes"),
        ("simple key expect", "a line without `:` stands among keys", "write `key: value`, or indent the line to belong to the text above"),
        ("expected key", "something follows where a key, or the end, is wanted", "check the quotes and the indentation here and above"),
        (
            "',' or '}'",
            "a mapping in braces does not end",
            "close it with `}`, and put texts that hold `,` `{` `}` `[` `]` or `: ` in quotes",
        ),
        ("',' or ']'", "a list in brackets does not end", "close it with `]`, and put texts that hold `,` `[` or `]` in quotes"),
        ("misplaced bracket", "a bracket closes nothing", "remove it, or put the text in quotes"),
        ("quoted scalar, found unexpected", "a quoted text does not end", "close it with the quote it began with"),
        ("quoted scalar", "an escape that YAML does not know", "write `\\\\` for a backslash, or use single quotes"),
        ("unexpected character", "a text cannot begin with this character", "put the text in quotes"),
        ("cannot start with '-'", "a text cannot begin with this character", "put the text in quotes"),
        ("anchor", "`*` and `&` refer to other places of the file", "write it out; a text that begins with `*` or `&` goes in quotes"),
        ("tab", "a tab stands where only spaces may", "use spaces"),
        ("indent", "the indentation fits nothing above", "give lines that belong together the same indentation"),
        (
            "'-' indicator",
            "something follows where a list item, or the end, is wanted",
            "begin each item with `- `, all at the same indentation",
        ),
        ("block sequence entries", "a `-` stands where no list item can", "begin the list on a line of its own"),
        ("node content", "nothing stands where something is wanted", "remove the sign before it, or put the text in quotes"),
        ("unprintable", "a character that cannot be printed", "remove it"),
    ];
    let found = known.into_iter().find(|(part, ..)| info.contains(part));
    let (message, help) = found.map_or((info, "see the lines around it"), |(_, message, help)| (message, help));
    (message.to_owned(), help)
}
