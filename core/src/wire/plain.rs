//! Requests as hosts write them, read in one pass.
//!
//! Plain is an object in the usual order, without escapes, whose facts are scalars, lists of texts and groups of these. All
//! else, and everything that is wrong, is left to the general reader: so this one has no error to tell.

use std::borrow::Cow;

use crate::compile::program::{Program, Slot};
use crate::eval::{FactProblem, FactTeller, Input, Slots};

/// What a plain request says before its facts.
#[derive(Debug, Default, PartialEq)]
pub(super) struct PlainRequest<'a> {
    pub procedure: &'a str,
    pub as_of: &'a str,
    pub received_at: Option<&'a str>,
    pub jurisdiction: Option<&'a str>,
    pub lang: Option<&'a str>,
    /// Where the object of facts begins.
    facts: usize,
}

impl<'a> PlainRequest<'a> {
    /// Reads a request as far as its facts, which come last; `None` if it is not plain.
    pub fn new(text: &'a str) -> Option<PlainRequest<'a>> {
        let mut cursor = Cursor { text, at: 0 };
        let mut request = PlainRequest::default();
        cursor.sign(b'{')?;
        loop {
            let key = cursor.text_value()?;
            cursor.sign(b':')?;
            if key == "facts" {
                request.facts = cursor.at;
                return (!request.procedure.is_empty() && !request.as_of.is_empty()).then_some(request);
            }
            let value = cursor.text_value().filter(|value| !value.is_empty())?;
            let place = match key {
                "procedure" if request.procedure.is_empty() => &mut request.procedure,
                "asOf" if request.as_of.is_empty() => &mut request.as_of,
                "receivedAt" if request.received_at.is_none() => request.received_at.insert(""),
                "jurisdiction" if request.jurisdiction.is_none() => request.jurisdiction.insert(""),
                "lang" if request.lang.is_none() => request.lang.insert(""),
                _ => return None,
            };
            *place = value;
            cursor.sign(b',')?;
        }
    }

    /// Tells the facts of the request it was read from and returns what did not fit; `None` if they are not plain.
    pub fn tell(&self, text: &'a str, program: &Program, slots: &mut Slots) -> Option<Vec<FactProblem>> {
        let mut cursor = Cursor { text, at: self.facts };
        let mut teller = FactTeller::new(program, slots);
        cursor.members(&mut teller, None)?;
        cursor.sign(b'}')?;
        cursor.space();
        (cursor.at == text.len()).then(|| teller.finish())
    }
}

/// Whether a text without escapes goes no further: quotes, and what may not stand in it. Most bytes fail the first test.
fn ends_text(byte: u8) -> bool {
    (byte <= b'"' || byte == b'\\') && !matches!(byte, b' ' | b'!')
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or(&[])
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.rest().first() {
            self.at += 1;
        }
    }

    /// The next byte that is no space.
    fn peek(&mut self) -> Option<u8> {
        self.space();
        self.rest().first().copied()
    }

    fn sign(&mut self, sign: u8) -> Option<()> {
        (self.peek()? == sign).then(|| self.at += 1)
    }

    /// A text without escapes.
    fn text_value(&mut self) -> Option<&'a str> {
        self.sign(b'"')?;
        let length = self.rest().iter().position(|byte| ends_text(*byte))?;
        let text = self.text.get(self.at..self.at + length)?;
        // A tab or a line's end would be passed over as space.
        let closed = self.rest().get(length) == Some(&b'"');
        self.at += length + 1;
        closed.then_some(text)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.rest().starts_with(word.as_bytes()).then(|| self.at += word.len())
    }

    /// A number without an exponent.
    fn number(&mut self) -> Option<&'a str> {
        let digits = |from: usize, rest: &[u8]| rest.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        let rest = self.rest();
        let sign = usize::from(rest.first() == Some(&b'-'));
        let whole = digits(sign, rest);
        if whole == 0 || (whole > 1 && rest.get(sign) == Some(&b'0')) {
            return None;
        }
        let mut length = sign + whole;
        if rest.get(length) == Some(&b'.') {
            let fraction = digits(length + 1, rest);
            if fraction == 0 {
                return None;
            }
            length += 1 + fraction;
        }
        let text = self.text.get(self.at..self.at + length)?;
        self.at += length;
        Some(text)
    }

    /// The members of an object: facts, or those of a group.
    fn members(&mut self, teller: &mut FactTeller, group: Option<&str>) -> Option<()> {
        self.sign(b'{')?;
        if self.peek()? == b'}' {
            return self.sign(b'}');
        }
        loop {
            let name = self.text_value()?;
            self.sign(b':')?;
            let slot = match group {
                None => teller.find(name),
                Some(group) => teller.find_in(group, name),
            };
            match (slot, self.peek()?) {
                (Some(_), b'{') => return None,
                (Some(slot), first) => self.fact(first, slot, teller)?,
                (None, b'{') if group.is_none() && teller.is_group(name) => self.members(teller, Some(name))?,
                (None, _) => return None,
            }
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => return self.sign(b'}'),
                _ => return None,
            }
        }
    }

    fn fact(&mut self, first: u8, slot: Slot, teller: &mut FactTeller) -> Option<()> {
        let input = match first {
            b'"' => Input::Text(Cow::Borrowed(self.text_value()?)),
            b't' => self.word("true").map(|()| Input::Boolean(true))?,
            b'f' => self.word("false").map(|()| Input::Boolean(false))?,
            b'n' => self.word("null").map(|()| Input::Null)?,
            b'[' => {
                let start = self.at;
                if let Some(bits) = self.codes(slot, teller) {
                    teller.tell_bits(slot, bits);
                    return Some(());
                }
                self.at = start;
                Input::List(self.texts()?)
            }
            _ => Input::Number(Cow::Borrowed(self.number()?)),
        };
        teller.tell_slot(slot, &input);
        Some(())
    }

    /// The bits of a set's codes; `None` if they are not codes that it declares, each once.
    fn codes(&mut self, slot: Slot, teller: &FactTeller) -> Option<u64> {
        self.sign(b'[')?;
        let mut bits = 0;
        if self.peek()? == b']' && teller.is_set(slot) {
            self.at += 1;
            return Some(bits);
        }
        loop {
            let bit = teller.bit(slot, self.text_value()?)?;
            if bits & bit != 0 {
                return None;
            }
            bits |= bit;
            match self.peek()? {
                b',' => self.at += 1,
                b']' => return self.sign(b']').map(|()| bits),
                _ => return None,
            }
        }
    }

    fn texts(&mut self) -> Option<Vec<Input<'a>>> {
        self.sign(b'[')?;
        let mut texts = Vec::new();
        if self.peek()? == b']' {
            self.at += 1;
            return Some(texts);
        }
        texts.reserve(8);
        loop {
            texts.push(Input::Text(Cow::Borrowed(self.text_value()?)));
            match self.peek()? {
                b',' => self.at += 1,
                b']' => return self.sign(b']').map(|()| texts),
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Option<PlainRequest<'_>> {
        PlainRequest::new(text)
    }

    #[test]
    fn the_usual_order_is_plain() {
        let read = plain(r#" { "procedure" : "1", "asOf": "2026-11-22", "lang":"en", "facts": {} }"#).unwrap();
        assert_eq!((read.procedure, read.as_of, read.lang, read.jurisdiction), ("1", "2026-11-22", Some("en"), None));
    }

    #[test]
    fn all_else_is_left_to_the_general_reader() {
        for text in [
            "", "{}", "[]", r#"{"facts":{}}"#, r#"{"procedure":"1","asOf":"x"}"#, r#"{"procedure":"1","procedure":"1","asOf":"x","facts":{}}"#,
            r#"{"procedure":"1","asOf":"","asOf":"x","facts":{}}"#, "{\"procedure\":\"1\",\"asOf\":\"x\t\",\"facts\":{}}",
            r#"{"procedure":"\u0031","asOf":"x","facts":{}}"#, r#"{"procedure":1,"asOf":"x","facts":{}}"#, r#"{"procedure":"1","asOf":"x","more":"x","facts":{}}"#,
            "{\"procedure\":\"1\",\"asOf\":\"\u{1}\",\"facts\":{}}",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_those_of_json() {
        let number = |text| {
            let mut cursor = Cursor { text, at: 0 };
            cursor.number()
        };
        for (text, expected) in [("0,", Some("0")), ("-12.50}", Some("-12.50")), ("01", None), ("-", None), ("1.", None), (".5", None), ("+1", None)] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}
