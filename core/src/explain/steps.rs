//! Working time, and what is owed when a file is late.

use super::{Language, day};
use crate::value::Date;

/// Time in which the office is open: `1 ngày 2 giờ làm việc`, `1 day 2 hours of work`. A day of work has `a_day` seconds.
#[must_use]
pub fn office_time(seconds: i64, a_day: i64, language: Language) -> String {
    let minutes = seconds.abs() / 60;
    let day = (a_day / 60).max(1);
    let parts = [(minutes / day, ("ngày", "day")), (minutes % day / 60, ("giờ", "hour")), (minutes % day % 60, ("phút", "minute"))];
    let in_words = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, (vi, en))| match language {
        Language::Vi => format!("{count} {vi}"),
        Language::En => format!("{count} {en}{}", if count == 1 { "" } else { "s" }),
    });
    let words: Vec<String> = in_words.collect();
    match (words.is_empty(), language) {
        (true, Language::Vi) => "dưới 1 phút làm việc".to_owned(),
        (true, Language::En) => "less than a minute of work".to_owned(),
        (false, Language::Vi) => format!("{} làm việc", words.join(" ")),
        (false, Language::En) => format!("{} of work", words.join(" ")),
    }
}

/// What is owed: by when the apology is sent, the day promised instead, and whether one may still be.
#[must_use]
pub fn apology(by: Option<Date>, expected: Option<Date>, left: Option<u32>, language: Language) -> String {
    let on = |date: Option<Date>| date.map(|date| day(date, language));
    let vi_by = on(by).map_or(String::new(), |by| format!(" chậm nhất ngày {by}"));
    let en_by = on(by).map_or(String::new(), |by| format!(" by {by} at the latest"));
    if left == Some(0) {
        let vi = "hồ sơ trễ hạn và đã hẹn lại đủ số lần được phép: phải xin lỗi, không được hẹn lại nữa";
        let en = "the file is late and was re-appointed as often as is permitted: an apology is due, another re-appointment is not permitted";
        return language.choose(vi, en).to_owned();
    }
    let vi_day = on(expected).map_or(String::new(), |day| format!(", hẹn lại từ ngày {day}"));
    let en_day = on(expected).map_or(String::new(), |day| format!(", promising {day} or later"));
    language.choose(format!("hồ sơ sẽ trễ hạn: gửi văn bản xin lỗi{vi_by}{vi_day}"), format!("the file will be late: send the apology{en_by}{en_day}"))
}

/// A step that the procedure does not have on the day.
#[must_use]
pub fn unknown_step(step: &str, known: &[&str], language: Language) -> String {
    let known = known.join(", ");
    language.choose(
        format!("thủ tục không có bước `{step}` vào ngày này; các bước là {known}"),
        format!("the procedure has no step `{step}` on that day; its steps are {known}"),
    )
}

/// A time that cannot be read.
#[must_use]
pub fn unreadable_period(given: &str, language: Language) -> String {
    language.choose(
        format!("`{given}` không phải một khoảng thời gian như `2 office hours`, `1 working days`, `same day`"),
        format!("`{given}` is no time such as `2 office hours`, `1 working days`, `same day`"),
    )
}
