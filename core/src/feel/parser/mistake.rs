//! What can be wrong with an expression: one function for each mistake.

use super::super::lexer::{KEYWORDS, Kind, Token};
use super::super::names::written_name;
use super::{MAX_DEPTH, MAX_HEIGHT, Parser, Stop};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::source::Span;

/// Mistakes after which nothing more is read.
impl Parser<'_> {
    /// Something stands where `wanted` (in the author's words) should.
    #[cold]
    pub(super) fn misplaced(&mut self, wanted: &str) -> Stop {
        let place = self.place();
        let found = match self.token.kind {
            Kind::End => format!("the expression ends where {wanted} is expected"),
            Kind::UnclosedString => return self.unclosed_string(),
            Kind::UnclosedComment => return self.unclosed_comment(),
            _ => format!("`{}` stands where {wanted} is expected", self.slice()),
        };
        let mut mistake = Diagnostic::new(Code::Syntax, place, found).label(format!("{wanted} expected"));
        mistake.help = self.help_for_word().or_else(|| self.help_for_sign());
        self.stop(mistake)
    }

    /// No expression begins with the next token.
    #[cold]
    pub(super) fn no_operand(&mut self) -> Stop {
        if self.token.kind == Kind::End && self.before == 0 {
            let empty = Diagnostic::new(Code::Syntax, self.place(), "the expression is empty");
            return self.stop(empty.label("nothing is written here").help("write `null` for nothing, `-` for any value"));
        }
        self.misplaced("an expression")
    }

    /// The bracket at `opened` is not closed by `close` where it should be.
    #[cold]
    pub(super) fn unclosed(&mut self, close: Kind, opened: usize) -> Stop {
        let stop = self.misplaced(&format!("`{}`", close.written()));
        let opened = self.span(opened, opened + 1);
        if let Some(mistake) = self.diagnostics.last_mut().filter(|mistake| mistake.related.is_empty()) {
            mistake.related.push((opened, "opened here".to_owned()));
        }
        stop
    }

    #[cold]
    pub(super) fn too_deep(&mut self) -> Stop {
        let message = "the expression is nested too deep or is too long a chain";
        let help = format!(
            "at most {MAX_DEPTH} brackets or {MAX_HEIGHT} operators in one another; name a part of it in `definitions`"
        );
        let mistake = Diagnostic::new(Code::TooDeep, self.place(), message).label("the limit is reached here").help(help);
        self.stop(mistake)
    }

    #[cold]
    pub(super) fn no_else(&mut self, start: usize) -> Stop {
        let opened = self.span(start, start + "if".len());
        let mistake = Diagnostic::new(Code::Syntax, self.place(), "the `if` has no `else`")
            .label("`else` expected")
            .help("an `if` of FEEL always has an `else`; for nothing write `else null`")
            .related(opened, "the `if`");
        let stray = self.token.kind == Kind::Word;
        if stray && self.help_for_word().is_some() { self.misplaced("`else`") } else { self.stop(mistake) }
    }

    #[cold]
    pub(super) fn external(&mut self) -> Stop {
        let mistake = Diagnostic::new(Code::Syntax, self.place(), "a function cannot be `external`")
            .label("not supported")
            .help("write the body of the function in FEEL; foreign code is never called");
        self.stop(mistake)
    }

    #[cold]
    pub(super) fn mixed_arguments(&mut self, start: usize) -> Stop {
        let span = self.span(start, self.before);
        let mistake = Diagnostic::new(Code::Syntax, span, "arguments with and without names stand in one call")
            .label("not like the arguments before it")
            .help("give every argument its name, or none");
        self.stop(mistake)
    }

    fn unclosed_string(&mut self) -> Stop {
        let mistake = Diagnostic::new(Code::Syntax, self.place(), "the text is not closed")
            .label("no closing quote on this line")
            .help("write `\\n` for a line break and `\\\"` for a quote inside a text");
        self.stop(mistake)
    }

    fn unclosed_comment(&mut self) -> Stop {
        let mistake = Diagnostic::new(Code::Syntax, self.place(), "the comment is not closed").label("no `*/` after it");
        self.stop(mistake)
    }

    fn stop(&mut self, mistake: Diagnostic) -> Stop {
        self.diagnostics.push(mistake);
        Stop
    }
}

/// Mistakes that leave no doubt about what is meant.
impl Parser<'_> {
    /// The next token is written as in another language.
    #[cold]
    pub(super) fn report_misspelt(&mut self) {
        let mistake = match self.token.kind {
            Kind::String => Diagnostic::new(Code::Syntax, self.place(), "the text is not in double quotes")
                .label("not a text of FEEL")
                .help(format!("write `\"{}\"`", self.slice().trim_matches(['\'', '“', '”', '‘', '’']))),
            kind => Diagnostic::new(Code::Syntax, self.place(), format!("FEEL has no `{}`", self.slice()))
                .label("not of FEEL")
                .help(format!("did you mean `{}`?", kind.written())),
        };
        self.diagnostics.push(mistake);
    }

    #[cold]
    pub(super) fn report_bang(&mut self) {
        let mistake = Diagnostic::new(Code::Syntax, self.place(), "FEEL has no `!`")
            .label("not of FEEL")
            .help("write `not(…)`");
        self.diagnostics.push(mistake);
    }

    #[cold]
    pub(super) fn report_trailing_comma(&mut self, comma: Token) {
        let span = self.span(comma.start, comma.end);
        let mistake = Diagnostic::new(Code::Syntax, span, "nothing follows the comma").label("one too many");
        self.diagnostics.push(mistake);
    }

    #[cold]
    pub(super) fn report_escape(&mut self, start: usize, end: usize) {
        let span = self.span(start, end);
        let mistake = Diagnostic::new(Code::Syntax, span, "the escape stands for no character")
            .label("no such character")
            .help("write `\\U` and six digits for a character beyond `\\uFFFF`");
        self.diagnostics.push(mistake);
    }

    #[cold]
    pub(super) fn report_number(&mut self) {
        let message = format!("the number `{}` cannot be kept exactly", self.slice());
        self.diagnostics.push(Diagnostic::new(Code::BadNumber, self.place(), message).label("more than 34 digits, or too far from zero"));
    }

    #[cold]
    pub(super) fn report_temporal(&mut self, start: usize, text: &str) {
        let span = self.span(start, self.before);
        let message = format!("`{text}` is no date, time or duration");
        let mistake = Diagnostic::new(Code::Syntax, span, message)
            .label("cannot be read, or does not exist")
            .help("such as `@\"2026-11-22\"`, `@\"2026-11-22T15:00:00\"`, `@\"15:00:00\"`, `@\"P7D\"`, `@\"P1Y6M\"`");
        self.diagnostics.push(mistake);
    }
}

/// Ways out.
impl Parser<'_> {
    /// A way out where a word stands that cannot: it is nearly a keyword, or part of a name nobody declared.
    fn help_for_word(&self) -> Option<String> {
        if !self.is_wordlike() {
            return None;
        }
        let word = self.slice();
        let lower = word.to_lowercase();
        if self.token.kind == Kind::Word && KEYWORDS.iter().any(|(keyword, _)| *keyword == lower) {
            return Some(format!("did you mean `{lower}`?"));
        }
        match lower.as_str() {
            "is" | "equals" => return Some("did you mean `=`?".to_owned()),
            "elif" | "elseif" => return Some("did you mean `else if`?".to_owned()),
            _ => {}
        }
        let (written, _) = written_name(self.text, self.last_name, |_| false)?;
        let directly_behind_name = self.text.get(self.last_name..self.token.start)?.chars().all(is_of_phrase);
        if self.token.kind != Kind::Word || self.before == 0 || !directly_behind_name {
            return None;
        }
        let words: Vec<&str> = written.split(' ').take(MOST_WORDS).collect();
        let known = (2..=words.len()).rev().find_map(|count| {
            let phrase = words.get(..count)?.join(" ");
            nearest(&phrase, self.scope.iter()).map(str::to_owned)
        });
        Some(known.map_or_else(
            || "a name of several words must be declared".to_owned(),
            |known| format!("did you mean `{known}`?"),
        ))
    }

    fn help_for_sign(&self) -> Option<String> {
        let help = match self.slice() {
            "%" => "write `modulo(a, b)` for a remainder, `a / 100` for a percentage",
            ":" => "a `:` stands after a key, or after the name of an argument",
            "[" => "a filter needs a condition or a number: `list[1]`",
            "$" | "#" => "names begin with a letter or `_`",
            _ => return None,
        };
        Some(help.to_owned())
    }

    /// The next token; at the end of the text, what was read last.
    fn place(&self) -> Span {
        match self.token.kind {
            Kind::End => self.span(self.before, self.before),
            _ => self.span(self.token.start, self.token.end),
        }
    }
}

/// The most words of a phrase that are compared with the declared names.
const MOST_WORDS: usize = 8;

fn is_of_phrase(c: char) -> bool {
    c == ' ' || super::lexer::is_name_part(c)
}
