//! The words and numbers of a report as people read them, in Vietnamese and English.

use super::view::{AssessmentBounds, AssessmentFigure, MeasureName, Reached};
use crate::explain;
use crate::model::{Confidence, Language};
use crate::value::{Decimal, Rounding, Value};

/// The words of a report in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssessmentWords {
    /// Before the day of the report.
    pub as_of: &'static str,
    /// All records in one row.
    pub all: &'static str,
    /// Over how many records there are.
    pub records: &'static str,
    /// Before a target.
    pub target: &'static str,
    /// A target that is reached.
    pub reached: &'static str,
    /// A target that is missed.
    pub missed: &'static str,
    /// A target of which that is open.
    pub open: &'static str,
    /// Over how many more are needed.
    pub needed: &'static str,
    /// Records that leave a figure open.
    pub undecided: &'static str,
    /// Before what is missing.
    pub missing: &'static str,
    /// Over what did not fit.
    pub problems: &'static str,
    /// Before the record that has a problem first.
    pub first: &'static str,
    /// Over points.
    pub points: &'static str,
    /// The most points.
    pub most: &'static str,
    /// All points together.
    pub total: &'static str,
    /// A class.
    pub class: &'static str,
    /// An estimate.
    pub estimate: &'static str,
    /// That an estimate is no law.
    pub no_law_says: &'static str,
    /// Over citations.
    pub basis: &'static str,
    /// Over notes.
    pub notes: &'static str,
    /// Over what changing records costs.
    pub effort: &'static str,
    /// Over which to change next.
    pub next: &'static str,
    /// That nothing is needed.
    pub nothing: &'static str,
    /// Behind how many more there are.
    pub more: &'static str,
    /// A record of which it is open whether it belongs there.
    pub perhaps: &'static str,
    /// A record whose change may have been made already.
    pub perhaps_done: &'static str,
    /// A record without a group.
    pub no_group: &'static str,
    /// A record on whose day there is no law.
    pub no_law: &'static str,
}

const VI: AssessmentWords = AssessmentWords {
    as_of: "Ngày đánh giá",
    all: "Tất cả",
    records: "Số lượng",
    target: "chỉ tiêu",
    reached: "đạt",
    missed: "chưa đạt",
    open: "chưa rõ",
    needed: "còn thiếu",
    undecided: "chưa xác định được",
    missing: "Thiếu dữ kiện",
    problems: "Dữ kiện không dùng được",
    first: "lần đầu ở bản ghi",
    points: "Điểm",
    most: "tối đa",
    total: "Tổng điểm",
    class: "Xếp loại",
    estimate: "ước tính",
    no_law_says: "giả định, không phải quy định",
    basis: "Căn cứ",
    notes: "Lưu ý",
    effort: "Công sức",
    next: "Nên làm trước",
    nothing: "không cần thêm",
    more: "nữa",
    perhaps: "chưa chắc chắn",
    perhaps_done: "có thể đã đạt",
    no_group: "(không có)",
    no_law: "Bộ đánh giá không có quy định vào ngày của bản ghi",
};

const EN: AssessmentWords = AssessmentWords {
    as_of: "Assessed on",
    all: "All",
    records: "Records",
    target: "target",
    reached: "reached",
    missed: "missed",
    open: "open",
    needed: "needed",
    undecided: "undecided",
    missing: "Missing facts",
    problems: "Facts that do not fit",
    first: "first in record",
    points: "Points",
    most: "at most",
    total: "All points",
    class: "Class",
    estimate: "estimate",
    no_law_says: "an assumption, no law says so",
    basis: "Basis",
    notes: "Notes",
    effort: "Effort",
    next: "Do these first",
    nothing: "nothing more is needed",
    more: "more",
    perhaps: "not certain",
    perhaps_done: "may be done already",
    no_group: "(none)",
    no_law: "The assessment has no rules on the day of the record",
};

/// The words of a report.
#[must_use]
pub fn assessment_words(language: Language) -> &'static AssessmentWords {
    match language {
        Language::Vi => &VI,
        Language::En => &EN,
    }
}

impl AssessmentWords {
    /// A status in words; nothing for one that is not known.
    #[must_use]
    pub fn status(&self, status: Reached) -> &'static str {
        match status {
            Reached::Reached => self.reached,
            Reached::Missed => self.missed,
            Reached::Open => self.open,
            Reached::Unknown => "",
        }
    }
}

/// How sure something is, in words; nothing if it is verified.
#[must_use]
pub fn sureness(confidence: Confidence, language: Language) -> &'static str {
    match confidence {
        Confidence::Verified => "",
        Confidence::Recalled => language.choose(" (theo trí nhớ)", " (recalled)"),
        Confidence::Uncertain => language.choose(" (chưa chắc chắn)", " (uncertain)"),
    }
}

/// A number as each language writes it.
#[must_use]
pub fn decimal_text(number: Decimal, language: Language) -> String {
    explain::value_in(None, &Value::Number(number), language)
}

/// A count, or its bounds.
#[must_use]
pub fn bounds_text(bounds: AssessmentBounds, language: Language) -> String {
    let number = |count: u64| decimal_text(Decimal::from_i128(i128::from(count)), language);
    match bounds {
        AssessmentBounds { least, most } if least == most => number(least),
        AssessmentBounds { least, most } => format!("{} – {}", number(least), number(most)),
    }
}

/// A number to 2 places, or its bounds rounded outwards.
#[must_use]
pub fn interval_text(low: Option<Decimal>, high: Option<Decimal>, language: Language) -> String {
    let to = |number: Option<Decimal>, rounding| number.and_then(|number| number.round(2, rounding)).map(|number| decimal_text(number, language));
    if low == high {
        return to(low, Rounding::HalfEven).unwrap_or_else(|| "–".to_owned());
    }
    let end = |number: Option<String>| number.unwrap_or_else(|| "?".to_owned());
    format!("{} – {}", end(to(low, Rounding::Floor)), end(to(high, Rounding::Ceiling)))
}

/// A measure of a group.
#[must_use]
pub fn figure_text(figure: &AssessmentFigure, kind: MeasureName, language: Language) -> String {
    let text = interval_text(figure.low, figure.high, language);
    if kind == MeasureName::Rate && text != "–" { format!("{text} %") } else { text }
}

/// A number as thousandths of a whole, within it: where a bar ends.
#[must_use]
pub fn thousandths(number: Decimal, whole: Decimal) -> Option<i64> {
    let thousandths = number.checked_mul(Decimal::from_i64(1000))?.checked_div(whole)?.round(0, Rounding::HalfEven)?.to_i64()?;
    Some(thousandths.clamp(0, 1000))
}
