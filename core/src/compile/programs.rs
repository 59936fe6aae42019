//! The programs of a pack. Those of a bundle are unpacked when they are first asked for: a form needs one of them.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::program::Program;
use crate::bundled::read_section;

/// The programs of a pack: for each procedure the one for everywhere, then those of jurisdictions.
#[derive(Debug)]
pub struct Programs(Vec<Entry>);

struct Entry {
    code: Arc<str>,
    jurisdiction: Option<Arc<str>>,
    packed: Option<Box<[u8]>>,
    program: OnceLock<Option<Program>>,
}

impl Entry {
    fn program(&self) -> Option<&Program> {
        let unpack = || read_section(self.packed.as_ref()?).map(|(program, _)| program);
        self.program.get_or_init(unpack).as_ref()
    }
}

impl Programs {
    /// The programs of sections of a bundle.
    pub(super) fn packed(entries: impl Iterator<Item = (Arc<str>, Option<Arc<str>>, Box<[u8]>)>) -> Programs {
        let entry = |(code, jurisdiction, packed)| Entry { code, jurisdiction, packed: Some(packed), program: OnceLock::new() };
        Programs(entries.map(entry).collect())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The program at a position.
    #[inline]
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Program> {
        self.0.get(at)?.program()
    }

    /// The first program.
    #[must_use]
    pub fn first(&self) -> Option<&Program> {
        self.get(0)
    }

    /// All programs.
    pub fn iter(&self) -> impl Iterator<Item = &Program> {
        self.0.iter().filter_map(Entry::program)
    }

    /// The code and the jurisdiction of each; unpacks nothing.
    pub fn names(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.iter().map(|entry| (&*entry.code, entry.jurisdiction.as_deref()))
    }

    /// The position of a procedure's program in a jurisdiction; where the jurisdiction changes nothing, of the one for
    /// everywhere.
    #[must_use]
    pub fn position(&self, code: &str, jurisdiction: Option<&str>) -> Option<usize> {
        let find = |jurisdiction| self.names().position(|name| name == (code, jurisdiction));
        find(jurisdiction).or_else(|| find(None))
    }
}

impl FromIterator<Program> for Programs {
    fn from_iter<I: IntoIterator<Item = Program>>(programs: I) -> Programs {
        let entry = |program: Program| Entry {
            code: program.code.clone(),
            jurisdiction: program.jurisdiction.clone(),
            packed: None,
            program: OnceLock::from(Some(program)),
        };
        Programs(programs.into_iter().map(entry).collect())
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("code", &self.code).field("jurisdiction", &self.jurisdiction).finish_non_exhaustive()
    }
}
