//! JSON as hosts tell it: one reader for requests and facts, so that the same mistake is told in the same words everywhere.
//!
//! It hands out members one by one and keeps numbers as they are written. The words of its errors are those of `serde_json`,
//! to which the tests hold it; the reader itself is a third of what that would be in a browser.

use std::borrow::Cow;
use std::fmt;

/// Why a text is not the JSON that was wanted, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadJson {
    /// Line, from 1.
    pub line: usize,
    /// The bytes of the line before the reader, the wrong one included.
    pub column: usize,
    /// What is wrong.
    pub why: Cow<'static, str>,
}

impl fmt::Display for BadJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {} column {}", self.why, self.line, self.column)
    }
}

impl std::error::Error for BadJson {}

/// Reads a text from its beginning to its end.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
}

const OPEN_LIST: &str = "EOF while parsing a list";
const OPEN_OBJECT: &str = "EOF while parsing an object";
const OPEN_TEXT: &str = "EOF while parsing a string";
const NO_VALUE: &str = "EOF while parsing a value";
const NO_KEY: &str = "key must be a string";
const NO_NUMBER: &str = "invalid number";
const NO_ESCAPE: &str = "invalid escape";
const HALF_A_SIGN: &str = "lone leading surrogate in hex escape";

impl<'a> Reader<'a> {
    pub fn new(text: &'a str) -> Reader<'a> {
        Reader { text, at: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The text from a place to the reader.
    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The next byte that is no space; it is not passed.
    pub fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// An error before the next byte.
    #[cold]
    pub fn bad(&self, why: impl Into<Cow<'static, str>>) -> BadJson {
        let read = self.text.as_bytes().get(..self.at).unwrap_or_default();
        let lines = read.iter().filter(|byte| **byte == b'\n').count();
        let column = read.iter().rev().take_while(|byte| **byte != b'\n').count();
        BadJson { line: lines + 1, column, why: why.into() }
    }

    /// The next byte is wrong, or there is none.
    #[cold]
    fn wrong(&mut self, why: &'static str) -> BadJson {
        self.at = self.text.len().min(self.at + 1);
        self.bad(why)
    }

    /// Another kind of value than was wanted.
    #[cold]
    fn wrong_type(&mut self, wanted: &str) -> BadJson {
        let given = match self.peek() {
            Some(b'[') => "sequence".to_owned(),
            Some(b'{') => "map".to_owned(),
            first => match (self.skip(), first) {
                (Err(bad), _) => return bad,
                (Ok(truth), Some(b't' | b'f')) => format!("boolean `{truth}`"),
                (Ok(text), Some(b'"')) => format!("string {text}"),
                (Ok(null), Some(b'n')) => null.to_owned(),
                (Ok(number), _) if number.contains(['.', 'e', 'E']) => format!("floating point `{number}`"),
                (Ok(number), _) => format!("integer `{number}`"),
            },
        };
        self.bad(format!("invalid type: {given}, expected {wanted}"))
    }

    /// Enters an object; `wanted` says what it should be.
    pub fn object(&mut self, wanted: &str) -> Result<(), BadJson> {
        if self.peek() != Some(b'{') {
            return Err(self.wrong_type(wanted));
        }
        self.at += 1;
        Ok(())
    }

    /// The name of the next member of an object, its colon not passed; `None` behind the last, which leaves the object.
    pub fn name(&mut self, first: bool) -> Result<Option<Cow<'a, str>>, BadJson> {
        match self.peek() {
            Some(b'}') => {
                self.at += 1;
                return Ok(None);
            }
            Some(b',') if !first => {
                self.at += 1;
                match self.peek() {
                    Some(b'"') => {}
                    Some(b'}') => return Err(self.wrong("trailing comma")),
                    Some(_) => return Err(self.wrong(NO_KEY)),
                    None => return Err(self.wrong(NO_VALUE)),
                }
            }
            Some(b'"') if first => {}
            Some(_) => return Err(self.wrong(if first { NO_KEY } else { "expected `,` or `}`" })),
            None => return Err(self.wrong(OPEN_OBJECT)),
        }
        self.quoted().map(Some)
    }

    /// Passes the colon behind a name.
    pub fn colon(&mut self) -> Result<(), BadJson> {
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(_) => return Err(self.wrong("expected `:`")),
            None => return Err(self.wrong(OPEN_OBJECT)),
        }
        Ok(())
    }

    /// Whether a list has another element; where not, the list is left. Its `[` is passed with the first.
    pub fn element(&mut self, first: bool) -> Result<bool, BadJson> {
        self.at += usize::from(first);
        match self.peek() {
            Some(b']') => {
                self.at += 1;
                return Ok(false);
            }
            Some(_) if first => {}
            Some(b',') => {
                self.at += 1;
                match self.peek() {
                    Some(b']') => return Err(self.wrong("trailing comma")),
                    Some(_) => {}
                    None => return Err(self.wrong(NO_VALUE)),
                }
            }
            Some(_) => return Err(self.wrong("expected `,` or `]`")),
            None => return Err(self.wrong(OPEN_LIST)),
        }
        Ok(true)
    }

    /// A text.
    pub fn text(&mut self) -> Result<Cow<'a, str>, BadJson> {
        if self.peek() == Some(b'"') { self.quoted() } else { Err(self.wrong_type("a string")) }
    }

    /// Nothing may follow.
    pub fn end(&mut self) -> Result<(), BadJson> {
        match self.peek() {
            Some(_) => Err(self.wrong("trailing characters")),
            None => Ok(()),
        }
    }

    /// The text of the next value, whatever it is. What its escapes stand for is not looked at.
    pub fn skip(&mut self) -> Result<&'a str, BadJson> {
        self.peek();
        let start = self.at;
        let mut within: Vec<u8> = Vec::new();
        loop {
            match self.peek() {
                Some(b'n') => self.word("null")?,
                Some(b't') => self.word("true")?,
                Some(b'f') => self.word("false")?,
                Some(b'-' | b'0'..=b'9') => self.number()?,
                Some(b'"') => self.skip_quoted()?,
                Some(b'[') => {
                    self.at += 1;
                    within.push(b']');
                    if self.peek() != Some(b']') {
                        if self.byte().is_none() {
                            return Err(self.wrong(OPEN_LIST));
                        }
                        continue;
                    }
                }
                Some(b'{') => {
                    self.at += 1;
                    within.push(b'}');
                    if self.peek() != Some(b'}') {
                        self.skip_name()?;
                        continue;
                    }
                }
                Some(_) => return Err(self.wrong("expected value")),
                None => return Err(self.wrong(NO_VALUE)),
            }
            loop {
                let Some(end) = within.last().copied() else { return Ok(self.since(start)) };
                match self.peek() {
                    Some(byte) if byte == end => {
                        self.at += 1;
                        within.pop();
                    }
                    Some(b',') if end == b']' => break self.at += 1,
                    Some(b',') => {
                        self.at += 1;
                        break self.skip_name()?;
                    }
                    Some(_) => return Err(self.wrong(if end == b']' { "expected `,` or `]`" } else { "expected `,` or `}`" })),
                    None => return Err(self.wrong(if end == b']' { OPEN_LIST } else { OPEN_OBJECT })),
                }
            }
        }
    }

    fn skip_name(&mut self) -> Result<(), BadJson> {
        match self.peek() {
            Some(b'"') => self.skip_quoted()?,
            Some(_) => return Err(self.wrong(NO_KEY)),
            None => return Err(self.wrong(OPEN_OBJECT)),
        }
        self.colon()
    }

    fn word(&mut self, word: &str) -> Result<(), BadJson> {
        for expected in word.bytes() {
            let found = self.byte();
            self.at += usize::from(found.is_some());
            match found {
                None => return Err(self.bad(NO_VALUE)),
                Some(found) if found != expected => return Err(self.bad("expected ident")),
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<(), BadJson> {
        self.at += usize::from(self.byte() == Some(b'-'));
        let zero = self.byte() == Some(b'0');
        let digits = self.digits();
        if zero && digits > 1 {
            self.at = self.at - digits + 1;
        }
        if digits == 0 || zero && digits > 1 {
            return Err(self.wrong(NO_NUMBER));
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return Err(self.wrong(NO_NUMBER));
            }
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            if self.digits() == 0 {
                return Err(self.wrong(NO_NUMBER));
            }
        }
        Ok(())
    }

    /// Passes a text with its quotes.
    fn skip_quoted(&mut self) -> Result<(), BadJson> {
        self.at += 1;
        loop {
            match self.byte() {
                Some(b'"') => break self.at += 1,
                Some(b'\\') => {
                    self.at += 1;
                    match self.byte() {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
                        Some(b'u') => {
                            self.at += 1;
                            self.unit()?;
                        }
                        Some(_) => return Err(self.wrong(NO_ESCAPE)),
                        None => return Err(self.bad(OPEN_TEXT)),
                    }
                }
                Some(..b' ') => return Err(self.wrong("control character (\\u0000-\\u001F) found while parsing a string")),
                Some(_) => self.at += 1,
                None => return Err(self.bad(OPEN_TEXT)),
            }
        }
        Ok(())
    }

    /// The four digits of an escape.
    fn unit(&mut self) -> Result<u16, BadJson> {
        let Some(digits) = self.text.as_bytes().get(self.at..).and_then(|rest| rest.first_chunk::<4>()) else {
            self.at = self.text.len();
            return Err(self.bad(OPEN_TEXT));
        };
        self.at += 4;
        let digits = digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | char::from(*digit).to_digit(16)? as u16));
        digits.ok_or_else(|| self.bad(NO_ESCAPE))
    }

    /// A text with its quotes: what it stands for.
    fn quoted(&mut self) -> Result<Cow<'a, str>, BadJson> {
        let start = self.at + 1;
        self.skip_quoted()?;
        let after = self.at;
        let written = self.text.get(start..after - 1).unwrap_or_default();
        if !written.contains('\\') {
            return Ok(Cow::Borrowed(written));
        }
        self.at = start;
        let mut text = String::with_capacity(written.len());
        while let Some(plain) = self.text.get(self.at..after - 1).filter(|rest| !rest.is_empty()) {
            let length = plain.find('\\').unwrap_or(plain.len());
            text.push_str(plain.get(..length).unwrap_or_default());
            self.at += length;
            if length < plain.len() {
                text.push(self.escape()?);
            }
        }
        self.at = after;
        Ok(Cow::Owned(text))
    }

    /// What an escape that has been looked over stands for.
    fn escape(&mut self) -> Result<char, BadJson> {
        self.at += 2;
        Ok(match self.text.as_bytes().get(self.at - 1) {
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first = self.unit()?;
                let mut units = [first, 0];
                if first & 0xFC00 == 0xD800 {
                    for sign in [b'\\', b'u'] {
                        if self.byte() != Some(sign) {
                            return Err(self.wrong("unexpected end of hex escape"));
                        }
                        self.at += 1;
                    }
                    units = [first, self.unit()?];
                }
                match char::decode_utf16(units).next() {
                    Some(Ok(sign)) => sign,
                    _ => return Err(self.bad(HALF_A_SIGN)),
                }
            }
            Some(other) => char::from(*other),
            None => return Err(self.bad(OPEN_TEXT)),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;

    fn ours(text: &str) -> Result<&str, String> {
        let mut reader = Reader::new(text);
        reader.skip().and_then(|value| reader.end().map(|()| value)).map_err(|bad| bad.to_string())
    }

    /// As `serde_json`, which counts a control character one column earlier where it only passes over a text.
    fn same(text: &str) {
        let theirs = serde_json::from_str::<&RawValue>(text).map(RawValue::get).map_err(|error| error.to_string());
        if !theirs.as_ref().is_err_and(|why| why.starts_with("control")) {
            assert_eq!(ours(text), theirs, "{text:?}");
        } else {
            assert!(ours(text).is_err_and(|why| why.starts_with("control")));
        }
        let mut reader = Reader::new(text);
        let text_of_ours = reader.text().and_then(|value| reader.end().map(|()| value.into_owned())).map_err(|bad| bad.to_string());
        let theirs = serde_json::from_str::<String>(text).map_err(|error| error.to_string());
        // A number where a text is wanted is told as it is written.
        if !text.trim_start().starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            assert_eq!(text_of_ours, theirs, "{text:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_as_serde_json_tells_it() {
        for text in [
            "", " ", "nul", "nulx", "tru", "fals", "-", "-x", "01", "-01", "1.", "1.x", "1e", "1e+", "1ex", "1E-7", "0.50", "[", "[1", "[1,", "[1,]", "[,", "[1 2",
            "{", "{1", "{\"a\"", "{\"a\" 1", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{\"a\":1 \"b\"", "{} x", "[[[]]] ]", "\"", "\"a", "\"\\", "\"\\x\"",
            "\"\\u12\"", "\"\\u123", "\"\\u12x4\"", "\"\\u00e1\\n\\\"\\/\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ud83dx\"", "\"\\ud83d\\n\"", "\"\\ud83d\\u0041\"",
            "\"\\ude00\"", "\"a\tb\"", "\n\n [true,\n x]", "[\"á\",\n\"ế\\q\"]", "?", "+1", "[{\"a\":[{}, []]}, null, false]", "\u{feff}1",
        ] {
            same(text);
        }
    }

    #[test]
    fn another_type_is_told_with_what_was_given() {
        let wrong = |text| Reader::new(text).object("an object").map_err(|bad| (bad.line, bad.column, bad.why.into_owned()));
        for (text, column, why) in [
            (" [1]", 1, "invalid type: sequence, expected an object"),
            ("12.50", 5, "invalid type: floating point `12.50`, expected an object"),
            ("-3", 2, "invalid type: integer `-3`, expected an object"),
            ("\"Hà\"", 5, "invalid type: string \"Hà\", expected an object"),
            ("null", 4, "invalid type: null, expected an object"),
            ("true", 4, "invalid type: boolean `true`, expected an object"),
        ] {
            assert_eq!(wrong(text), Err((1, column, why.to_owned())));
        }
        assert_eq!(wrong("{"), Ok(()));
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_serde_json_reads_it(text in r#"[\[\]{}",:\\ntruefalsd0-9.eE+ \nxế-]{0,14}"#) {
            same(&text);
        }

        #[test]
        fn any_text_written_is_read_again(text in any::<String>()) {
            let written = serde_json::to_string(&text).unwrap();
            same(&written);
            prop_assert_eq!(Reader::new(&written).text().unwrap(), text);
        }
    }
}
