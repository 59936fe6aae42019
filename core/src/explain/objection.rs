//! Why a submission is not taken, in words.

use super::Language;
use super::write::{amount, day};
use crate::value::Date;

/// A list of names in words: `a, b`; for none, a word that says so.
fn listed(names: &[&str], language: Language) -> String {
    if names.is_empty() { language.choose("không giấy tờ nào", "none").to_owned() } else { names.join(", ") }
}

/// Conditions are not met: what each says.
#[must_use]
pub fn refused(messages: &[&str], language: Language) -> String {
    match language {
        Language::Vi => format!("hồ sơ không đủ điều kiện: {}", messages.join(" ")),
        Language::En => format!("the conditions are not met: {}", messages.join(" ")),
    }
}

/// Facts or papers are missing.
#[must_use]
pub fn incomplete(facts: &[&str], papers: &[&str], language: Language) -> String {
    let facts = (!facts.is_empty()).then(|| match language {
        Language::Vi => format!("thiếu dữ kiện {}", facts.join(", ")),
        Language::En => format!("facts are missing: {}", facts.join(", ")),
    });
    let papers = (!papers.is_empty()).then(|| match language {
        Language::Vi => format!("thiếu giấy tờ {}", papers.join(", ")),
        Language::En => format!("documents are missing: {}", papers.join(", ")),
    });
    [facts, papers].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The law does not say.
#[must_use]
pub fn unsettled(reasons: &[&str], language: Language) -> String {
    match language {
        Language::Vi => format!("quy định chưa rõ: {}", reasons.join("; ")),
        Language::En => format!("the law is not known: {}", reasons.join("; ")),
    }
}

/// Other rules than those of the form.
#[must_use]
pub fn other_pack(promised: &str, decided: &str, language: Language) -> String {
    match language {
        Language::Vi => format!("biểu mẫu dùng bộ quy tắc {promised}, nay là {decided}"),
        Language::En => format!("the form used the rules {promised}, now they are {decided}"),
    }
}

/// Another fee.
#[must_use]
pub fn other_fee(promised: i64, decided: Option<i64>, language: Language) -> String {
    let promised = amount(promised, language);
    match (decided.map(|decided| amount(decided, language)), language) {
        (Some(decided), Language::Vi) => format!("lệ phí là {decided}, biểu mẫu đã báo {promised}"),
        (Some(decided), Language::En) => format!("the fee is {decided}, the form said {promised}"),
        (None, Language::Vi) => format!("lệ phí chưa xác định được, biểu mẫu đã báo {promised}"),
        (None, Language::En) => format!("the fee is not settled, the form said {promised}"),
    }
}

/// Other papers.
#[must_use]
pub fn other_documents(more: &[&str], fewer: &[&str], language: Language) -> String {
    let (more, fewer) = (listed(more, language), listed(fewer, language));
    match language {
        Language::Vi => format!("giấy tờ khác với biểu mẫu: cần thêm {more}; không còn cần {fewer}"),
        Language::En => format!("the documents differ from the form: needed besides: {more}; no longer needed: {fewer}"),
    }
}

/// Another day.
#[must_use]
pub fn other_day(promised: Date, decided: Option<Date>, language: Language) -> String {
    let promised = day(promised, language);
    match (decided.map(|decided| day(decided, language)), language) {
        (Some(decided), Language::Vi) => format!("ngày hẹn trả là {decided}, biểu mẫu đã báo {promised}"),
        (Some(decided), Language::En) => format!("the answer is due on {decided}, the form said {promised}"),
        (None, Language::Vi) => format!("ngày hẹn trả chưa xác định được, biểu mẫu đã báo {promised}"),
        (None, Language::En) => format!("the day of the answer is not settled, the form said {promised}"),
    }
}
