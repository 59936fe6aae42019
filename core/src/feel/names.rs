//! Names: which characters they have, and which names of several words are known.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use super::lexer::{is_name_part, is_name_start, is_space};
use crate::value::nfc;

/// The names that may have several words or signs in them, such as `date of birth` or `CT-01`.
///
/// A name of one word need not be declared to be read. Of several declared names that fit, the longest
/// is read, keywords inside it included: where `date and time` is declared, that text is never an `and`.
/// Spaces count as written, but any number of them is one: `CT-01` and `CT - 01` are two names.
/// Cloning is cheap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    known: Arc<BTreeSet<Box<str>>>,
}

impl Names {
    /// No names.
    #[must_use]
    pub fn new() -> Self {
        Names::default()
    }

    /// Adds a name. Spaces around it are dropped, spaces inside become one each, letters are brought to NFC.
    pub fn declare(&mut self, name: &str) {
        let name = canonical(name);
        if !name.is_empty() {
            Arc::make_mut(&mut self.known).insert(name.into());
        }
    }

    /// Whether `name` has been declared.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.known.contains(canonical(name).as_str())
    }

    /// All names, in the order of their characters.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(AsRef::as_ref)
    }
}

impl<'a> FromIterator<&'a str> for Names {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let mut all = Names::new();
        names.into_iter().for_each(|name| all.declare(name));
        all
    }
}

/// The names that a place in an expression can see: the caller's, and those bound on the way there.
pub(super) struct Scope<'n> {
    given: &'n Names,
    /// How often each is bound, for one name may be bound inside itself.
    bound: BTreeMap<Box<str>, usize>,
}

impl<'n> Scope<'n> {
    pub(super) fn new(given: &'n Names) -> Self {
        Scope { given, bound: BTreeMap::new() }
    }

    /// Makes `name` known. A name of one word needs no help to be read.
    pub(super) fn bind(&mut self, name: &str) {
        if !name.chars().all(is_name_part) {
            *self.bound.entry(name.into()).or_default() += 1;
        }
    }

    /// Undoes one [`Scope::bind`].
    pub(super) fn unbind(&mut self, name: &str) {
        if let Some(times) = self.bound.get_mut(name) {
            *times -= 1;
            if *times == 0 {
                self.bound.remove(name);
            }
        }
    }

    /// Undoes every [`Scope::bind`].
    pub(super) fn forget(&mut self) {
        self.bound.clear();
    }

    /// The longest known name of several pieces that begins at `from`, and where it ends.
    pub(super) fn longest(&self, text: &str, from: usize) -> Option<(Arc<str>, usize)> {
        if !text.get(from..)?.starts_with(is_name_start) {
            return None;
        }
        let (mut name, mut end) = (String::new(), from);
        let mut longest = None;
        while let Some(piece) = Piece::next(text, end) {
            if piece.spaced && end > from {
                name.push(' ');
            }
            name.push_str(&nfc(piece.text));
            if end > from && self.knows(&name) {
                longest = Some((Arc::from(name.as_str()), piece.end));
            }
            end = piece.end;
            if !self.continues(&name) {
                break;
            }
        }
        longest
    }

    /// Every name that is known here.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.given.iter().chain(self.bound.keys().map(AsRef::as_ref))
    }

    fn knows(&self, name: &str) -> bool {
        self.given.known.contains(name) || self.bound.contains_key(name)
    }

    /// Whether some known name is `start` and more.
    fn continues(&self, start: &str) -> bool {
        let after = (Bound::Excluded(start), Bound::Unbounded);
        let given = self.given.known.range::<str, _>(after).next();
        let bound = self.bound.range::<str, _>(after).next().map(|(name, _)| name);
        given.is_some_and(|name| name.starts_with(start)) || bound.is_some_and(|name| name.starts_with(start))
    }
}

/// The name that stands at `from` where only a name can stand (a key, a variable, a parameter), and its end.
///
/// It goes on over words, spaces and the signs a name may have, up to a word for which `ends` is true.
pub(super) fn written_name(text: &str, from: usize, ends: impl Fn(&str) -> bool) -> Option<(Arc<str>, usize)> {
    if !text.get(from..)?.starts_with(is_name_start) {
        return None;
    }
    let (mut name, mut end) = (String::new(), from);
    while let Some(piece) = Piece::next(text, end) {
        let rest = text.get(piece.end - piece.text.len()..).unwrap_or("");
        let stops = ["..", "//", "/*"].iter().any(|sign| rest.starts_with(sign));
        if stops || (end > from && ends(piece.text)) {
            break;
        }
        if piece.spaced && end > from {
            name.push(' ');
        }
        name.push_str(&nfc(piece.text));
        end = piece.end;
    }
    Some((name.into(), end))
}

/// Whether `key` can be written as a key without quotes.
pub(super) fn is_written_name(key: &str) -> bool {
    written_name(key, 0, |_| false).is_some_and(|(name, end)| end == key.len() && *name == *key)
}

fn canonical(name: &str) -> String {
    let words: Vec<&str> = name.split(is_space).filter(|word| !word.is_empty()).collect();
    nfc(&words.join(" ")).into_owned()
}

/// A word, or one of the signs a name may have.
struct Piece<'t> {
    text: &'t str,
    spaced: bool,
    end: usize,
}

impl<'t> Piece<'t> {
    /// The piece that follows `from`, spaces skipped.
    fn next(text: &'t str, from: usize) -> Option<Piece<'t>> {
        let rest = text.get(from..)?;
        let trimmed = rest.trim_start_matches(is_space);
        let spaced = trimmed.len() < rest.len();
        let length = match trimmed.find(|c| !is_name_part(c)) {
            None => trimmed.len(),
            Some(0) => trimmed.chars().next().filter(|c| "./-'’+*".contains(*c))?.len_utf8(),
            Some(length) => length,
        };
        let piece = trimmed.get(..length).filter(|piece| !piece.is_empty())?;
        Some(Piece { text: piece, spaced, end: from + rest.len() - trimmed.len() + length })
    }
}
