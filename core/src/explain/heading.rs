//! The words around a decision where it is shown as a page: headings, outcomes, statuses.

use super::Language;

/// The words of a page in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headings {
    /// Over the day the law is read.
    pub law_of: &'static str,
    /// Over conditions.
    pub conditions: &'static str,
    /// Over identity checks.
    pub identity: &'static str,
    /// Over documents.
    pub documents: &'static str,
    /// Over fees.
    pub fees: &'static str,
    /// Before the sum.
    pub total: &'static str,
    /// Over the deadline.
    pub deadline: &'static str,
    /// Over the steps of a linked service.
    pub linked: &'static str,
    /// Over what is still to be told.
    pub missing: &'static str,
    /// Over facts that do not fit.
    pub problems: &'static str,
    /// Over law that is not known.
    pub gaps: &'static str,
    /// At the question to ask next.
    pub next: &'static str,
    /// Where an amount or a day is not settled.
    pub open: &'static str,
}

const VI: Headings = Headings {
    law_of: "Luật ngày",
    conditions: "Điều kiện",
    identity: "Định danh điện tử",
    documents: "Giấy tờ",
    fees: "Phí, lệ phí",
    total: "Tổng cộng",
    deadline: "Hẹn trả kết quả",
    linked: "Các bước liên thông",
    missing: "Còn cần biết",
    problems: "Dữ kiện không dùng được",
    gaps: "Luật chưa rõ",
    next: "hỏi tiếp",
    open: "chưa rõ",
};

const EN: Headings = Headings {
    law_of: "Law of",
    conditions: "Conditions",
    identity: "Electronic identity",
    documents: "Documents",
    fees: "Fees",
    total: "Total",
    deadline: "Due",
    linked: "Linked steps",
    missing: "Still to know",
    problems: "Facts that cannot be used",
    gaps: "Law that is not known",
    next: "next question",
    open: "open",
};

/// The words of a language.
#[must_use]
pub fn headings(language: Language) -> &'static Headings {
    language.choose(&VI, &EN)
}

/// An outcome or a status, by its name on the wire, in words; the name itself if it has none.
#[must_use]
pub fn status_word(name: &str, language: Language) -> &str {
    let (vi, en) = match name {
        "accept" => ("nhận", "accept"),
        "refuse" => ("từ chối", "refuse"),
        "ask" => ("còn hỏi", "ask"),
        "met" => ("đạt", "met"),
        "unmet" => ("không đạt", "not met"),
        "undetermined" => ("chưa rõ", "open"),
        "not_applicable" => ("không áp dụng", "does not apply"),
        "required" => ("phải nộp", "required"),
        "provided" => ("đã nộp", "handed in"),
        "reused" => ("đã có sẵn", "known to the state"),
        "not_required" => ("không cần", "not needed"),
        "determined" => ("đã rõ", "settled"),
        "not_started" => ("không thực hiện", "not carried out"),
        "provisional" => ("tạm tính", "provisional"),
        other => return other,
    };
    language.choose(vi, en)
}
