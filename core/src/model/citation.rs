//! Citations: where in which instrument a rule has its basis.

use std::fmt::Write as _;
use std::sync::Arc;

use super::Text;
use crate::bundled::Bundled;
use crate::source::Span;

/// An instrument and the places in it.
#[derive(Clone, Debug, PartialEq, Eq, Bundled)]
pub struct Citation {
    /// The instrument's number, as declared in `instruments.yaml`.
    pub instrument: Arc<str>,
    /// Articles, clauses, points; empty where the whole instrument is meant.
    pub locators: Vec<Locator>,
    /// Where it is written; not kept in a bundle.
    #[bundled(skip)]
    pub span: Span,
}

/// `art 20(3)(b)`: article, clause, point.
#[derive(Clone, Debug, PartialEq, Eq, Bundled)]
pub struct Locator {
    /// Article (điều), e.g. `20`.
    pub article: Arc<str>,
    /// Clause (khoản), e.g. `3`.
    pub clause: Option<Arc<str>>,
    /// Point (điểm), e.g. `b`.
    pub point: Option<Arc<str>>,
}

impl Citation {
    /// The citation in words: `điểm b khoản 3 Điều 20 68/2020/QH14`, `68/2020/QH14 art 20(3)(b)`.
    #[must_use]
    pub fn words(&self) -> Text {
        let (mut vi, mut en) = (String::new(), self.instrument.to_string());
        for (locator, number) in self.locators.iter().zip(0..) {
            vi.push_str(if number > 0 { ", " } else { "" });
            en.push_str(if number > 0 { ", " } else { " " });
            if let Some(point) = &locator.point {
                let _ = write!(vi, "điểm {point} ");
            }
            if let Some(clause) = &locator.clause {
                let _ = write!(vi, "khoản {clause} ");
            }
            let _ = write!(vi, "Điều {}", locator.article);
            let _ = write!(en, "art {}", locator.article);
            for part in locator.clause.iter().chain(&locator.point) {
                let _ = write!(en, "({part})");
            }
        }
        if !self.locators.is_empty() {
            vi.push(' ');
        }
        vi.push_str(&self.instrument);
        Text { vi: vi.into(), en: en.into() }
    }
}
