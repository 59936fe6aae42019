//! Why a step of a linked service is not carried out, and what that means for the others.

use super::{Language, day};
use crate::model::Consequence;
use crate::value::Date;

/// Why a step is not started: the step it waits for, or the submission as a whole.
#[must_use]
pub fn not_started(held_by: Option<&str>, language: Language) -> String {
    match held_by {
        Some(step) => language.choose(
            format!("không thực hiện: phải xong bước “{step}” trước, mà bước đó không làm được"),
            format!("not carried out: the step “{step}” must be done before it, and cannot be"),
        ),
        None => language.choose(
            "không thực hiện: hồ sơ liên thông không đủ điều kiện".to_owned(),
            "not carried out: the linked submission does not meet its conditions".to_owned(),
        ),
    }
}

/// What the refusal of a step means for the others.
#[must_use]
pub fn if_refused(then: &Consequence, language: Language) -> String {
    let text = then.text.get(language);
    match then.known {
        true => text.to_string(),
        false => format!("{}: {text}", language.choose("luật chưa rõ", "law that is not known")),
    }
}

/// That a linked service is due earlier than a step would be by its own limit.
#[must_use]
pub fn whole_is_due_earlier(whole: Date, language: Language) -> String {
    let whole = day(whole, language);
    language.choose(format!("hạn chung đến trước: phải xong chậm nhất {whole}"), format!("the whole is due earlier: by {whole} at the latest"))
}
