//! Text to tokens, one at a time, for what is a token depends on the names that are known.

use std::ops::Range;

/// A token and the bytes it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Whether it is written as another language would, such as `==` for [`Kind::Equal`].
    pub(super) misspelt: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    String,
    UnclosedString,
    UnclosedComment,
    /// A word that is no keyword; `instance`, `of`, `not`, `external` are words.
    Word,
    And,
    Or,
    Between,
    In,
    If,
    Then,
    Else,
    For,
    Return,
    Some,
    Every,
    Satisfies,
    Function,
    True,
    False,
    Null,
    At,
    Input,
    Plus,
    Minus,
    Star,
    Slash,
    Power,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Dot,
    DotDot,
    Comma,
    Colon,
    Arrow,
    ParenOpen,
    ParenClose,
    BracketOpen,
    BracketClose,
    BraceOpen,
    BraceClose,
    /// `!` before something, which FEEL does not have.
    Bang,
    /// A character that no token begins with.
    Unknown,
    /// The end of the text.
    End,
}

impl Kind {
    /// How it is written, for the kinds that are always written the same.
    pub(super) fn written(self) -> &'static str {
        SIGNS
            .iter()
            .find(|(_, kind, misspelt)| *kind == self && !misspelt)
            .map(|(sign, ..)| *sign)
            .or_else(|| KEYWORDS.iter().find(|(_, kind)| *kind == self).map(|(word, _)| *word))
            .unwrap_or("")
    }

    pub(super) fn of_word(word: &str) -> Kind {
        KEYWORDS.iter().find(|(keyword, _)| *keyword == word).map_or(Kind::Word, |(_, kind)| *kind)
    }
}

pub(super) const KEYWORDS: &[(&str, Kind)] = &[
    ("and", Kind::And),
    ("or", Kind::Or),
    ("between", Kind::Between),
    ("in", Kind::In),
    ("if", Kind::If),
    ("then", Kind::Then),
    ("else", Kind::Else),
    ("for", Kind::For),
    ("return", Kind::Return),
    ("some", Kind::Some),
    ("every", Kind::Every),
    ("satisfies", Kind::Satisfies),
    ("function", Kind::Function),
    ("true", Kind::True),
    ("false", Kind::False),
    ("null", Kind::Null),
];

/// Signs with what they mean; `true` marks those of other languages. A sign stands before those it begins with.
const SIGNS: &[(&str, Kind, bool)] = &[
    ("..", Kind::DotDot, false),
    ("**", Kind::Power, false),
    ("!=", Kind::NotEqual, false),
    ("->", Kind::Arrow, false),
    ("==", Kind::Equal, true),
    ("=>", Kind::GreaterOrEqual, true),
    ("=<", Kind::LessOrEqual, true),
    ("<>", Kind::NotEqual, true),
    ("<=", Kind::LessOrEqual, false),
    (">=", Kind::GreaterOrEqual, false),
    ("&&", Kind::And, true),
    ("||", Kind::Or, true),
    ("+", Kind::Plus, false),
    ("-", Kind::Minus, false),
    ("*", Kind::Star, false),
    ("/", Kind::Slash, false),
    ("=", Kind::Equal, false),
    ("<", Kind::Less, false),
    (">", Kind::Greater, false),
    (".", Kind::Dot, false),
    (",", Kind::Comma, false),
    (":", Kind::Colon, false),
    ("(", Kind::ParenOpen, false),
    (")", Kind::ParenClose, false),
    ("[", Kind::BracketOpen, false),
    ("]", Kind::BracketClose, false),
    ("{", Kind::BraceOpen, false),
    ("}", Kind::BraceClose, false),
    ("@", Kind::At, false),
    ("&", Kind::And, true),
    ("|", Kind::Or, true),
    ("^", Kind::Power, true),
    (";", Kind::Comma, true),
    ("≤", Kind::LessOrEqual, true),
    ("≥", Kind::GreaterOrEqual, true),
    ("≠", Kind::NotEqual, true),
    ("−", Kind::Minus, true),
    ("–", Kind::Minus, true),
    ("×", Kind::Star, true),
    ("÷", Kind::Slash, true),
    ("!", Kind::Bang, false),
];

/// The token at or after `from`, spaces and comments skipped.
pub(super) fn token(text: &str, from: usize) -> Token {
    let (start, closed) = skip_trivia(text, from);
    let rest = text.get(start..).unwrap_or("");
    let (kind, misspelt, length) = if closed { read(rest) } else { (Kind::UnclosedComment, false, rest.len()) };
    Token { kind, misspelt, start, end: start + length }
}

fn read(rest: &str) -> (Kind, bool, usize) {
    let Some(first) = rest.chars().next() else { return (Kind::End, false, 0) };
    if let Some(length) = number(rest) {
        return (Kind::Number, false, length);
    }
    if let Some((_, close)) = QUOTES.iter().find(|(open, _)| *open == first) {
        let (kind, length) = string(rest, first, *close);
        return (kind, first != '"', length);
    }
    let word = rest.find(|c| !is_name_part(c)).unwrap_or(rest.len());
    match rest.get(..word) {
        Some("?") => return (Kind::Input, false, 1),
        Some(text) if is_name_start(first) => return (Kind::of_word(text), false, word),
        _ => {}
    }
    SIGNS
        .iter()
        .find(|(sign, ..)| rest.starts_with(sign))
        .map_or((Kind::Unknown, false, first.len_utf8()), |(sign, kind, misspelt)| (*kind, *misspelt, sign.len()))
}

/// Where the next token starts, and whether every comment before it ends.
fn skip_trivia(text: &str, from: usize) -> (usize, bool) {
    let mut rest = text.get(from..).unwrap_or("");
    loop {
        rest = rest.trim_start_matches(is_space);
        let at = text.len() - rest.len();
        if rest.starts_with("//") {
            rest = rest.split_once(is_line_end).map_or("", |(_, after)| after);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            match comment.split_once("*/") {
                Some((_, after)) => rest = after,
                None => return (at, false),
            }
        } else {
            return (at, true);
        }
    }
}

/// The length of the number at the start: `12`, `1.5`, `.5`, `1e-5`. The dots of `1..5` are none of it.
fn number(text: &str) -> Option<usize> {
    let digits = |from: usize| text.get(from..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let whole = digits(0);
    let mut end = whole;
    if text.get(end..)?.starts_with('.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if end == 0 {
        return None;
    }
    let rest = text.get(end..)?;
    if rest.starts_with(['e', 'E']) {
        let sign = usize::from(rest.get(1..).is_some_and(|rest| rest.starts_with(['+', '-'])));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    Some(end)
}

/// Opening and closing quotes; only the first pair is FEEL's.
const QUOTES: &[(char, char)] = &[('"', '"'), ('\'', '\''), ('“', '”'), ('”', '”'), ('‘', '’')];

fn string(text: &str, open: char, close: char) -> (Kind, usize) {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if is_line_end(c) {
            return (Kind::UnclosedString, at);
        }
        if c == close && !escaped {
            return (Kind::String, at + c.len_utf8());
        }
        escaped = c == '\\' && !escaped;
    }
    (Kind::UnclosedString, text.len().max(open.len_utf8()))
}

/// What a string literal stands for, its quotes included in `literal`.
///
/// A backslash that begins no escape of FEEL stands for itself, so that `"\d"` is a pattern.
///
/// # Errors
/// The bytes of an escape that stands for no character: half a surrogate pair, or beyond Unicode.
pub(super) fn unescape(literal: &str) -> Result<String, Range<usize>> {
    let mut out = String::with_capacity(literal.len());
    let begin = literal.chars().next().map_or(0, char::len_utf8);
    let mut rest = literal.get(begin..).and_then(|text| text.strip_suffix(|_| true)).unwrap_or("");
    let whole = rest.len();
    while let Some((plain, after)) = rest.split_once('\\') {
        out.push_str(plain);
        let at = begin + whole - after.len() - 1;
        let (read, length) = escape(after).map_err(|length| at..at + 1 + length)?;
        out.push(read);
        rest = after.get(length..).unwrap_or("");
    }
    out.push_str(rest);
    Ok(out)
}

/// The character that is escaped after a backslash and how many bytes it takes; the bytes alone if there is none.
fn escape(after: &str) -> Result<(char, usize), usize> {
    let plain = match after.as_bytes().first() {
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'"') => '"',
        Some(b'\'') => '\'',
        Some(b'\\') => '\\',
        Some(b'u') => return code_unit(after).map_or(Ok(('\\', 0)), |unit| utf16(unit, after)),
        Some(b'U') => {
            let Some(code) = hex(after, 1, 6) else { return Ok(('\\', 0)) };
            return char::from_u32(code).map(|c| (c, 7)).ok_or(7);
        }
        _ => return Ok(('\\', 0)),
    };
    Ok((plain, 1))
}

fn utf16(unit: u32, after: &str) -> Result<(char, usize), usize> {
    if let Some(c) = char::from_u32(unit) {
        return Ok((c, 5));
    }
    let low = after.get(5..).and_then(|rest| rest.strip_prefix('\\')).and_then(code_unit);
    let units = [unit as u16, low.unwrap_or(0) as u16];
    match char::decode_utf16(units).next() {
        Some(Ok(c)) => Ok((c, 11)),
        _ => Err(5),
    }
}

fn code_unit(after: &str) -> Option<u32> {
    after.starts_with('u').then(|| hex(after, 1, 4))?
}

fn hex(text: &str, from: usize, digits: usize) -> Option<u32> {
    let digits = text.get(from..from + digits)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

/// Whether a name can begin with it.
pub(super) fn is_name_start(c: char) -> bool {
    match c {
        '?' | '_' => true,
        _ if c.is_ascii() => c.is_ascii_alphabetic(),
        // In NFC these are "·", "`" and "´", with which no name begins.
        '\u{387}' | '\u{1FEF}' | '\u{1FFD}' => false,
        _ => {
            !is_space(c)
                && matches!(c,
                    '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
                    | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
                    | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
                    | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
        }
    }
}

/// Whether a name can go on with it.
pub(super) fn is_name_part(c: char) -> bool {
    c.is_ascii_digit()
        || is_name_start(c)
        || matches!(c, '\u{B7}' | '\u{387}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Whether it is one of FEEL's spaces, line ends included.
pub(super) fn is_space(c: char) -> bool {
    is_line_end(c)
        || matches!(c,
            '\t' | ' ' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{180E}' | '\u{2000}'..='\u{200B}'
            | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{FEFF}')
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{B}' | '\u{C}' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::nfc;

    #[test]
    fn names_are_names_in_normal_form_too() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            let mut composed = nfc(&text).into_owned();
            if is_name_start(c) {
                assert!(composed.chars().next().is_some_and(is_name_start), "{c:?}");
            }
            if is_name_part(c) {
                composed.retain(|c| !is_name_part(c));
                assert_eq!(composed, "", "{c:?}");
            }
        }
    }
}
