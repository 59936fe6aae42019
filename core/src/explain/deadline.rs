//! Periods, and why a deadline is not determined.

use std::borrow::Cow;

use super::Language;
use crate::calendar::{Period, SkipReason, UnknownCause, Unit};
use crate::value::Date;

/// A period in words: `7 ngày làm việc`, `7 working days`.
#[must_use]
pub fn period(period: Period, language: Language) -> String {
    let n = period.count;
    let (vi, en) = match period.unit {
        Unit::WorkingDays => ("ngày làm việc", "working day"),
        Unit::Days => ("ngày", "day"),
        Unit::Months => ("tháng", "month"),
        Unit::Hours => ("giờ", "hour"),
        Unit::OfficeHours => ("giờ làm việc", "office hour"),
        Unit::SameDay => return language.choose("trong ngày", "the same day").to_owned(),
    };
    match language {
        Language::Vi => format!("{n} {vi}"),
        Language::En => format!("{n} {en}{}", if n == 1 { "" } else { "s" }),
    }
}

/// The name of a Saturday or a Sunday.
#[must_use]
pub fn weekend(day: Date, language: Language) -> &'static str {
    match (day.weekday(), language) {
        (7, Language::Vi) => "Chủ nhật",
        (7, Language::En) => "Sunday",
        (_, Language::Vi) => "thứ Bảy",
        (_, Language::En) => "Saturday",
    }
}

/// Why a day was passed over.
#[must_use]
pub fn skipped(day: Date, reason: &SkipReason, language: Language) -> Cow<'static, str> {
    match reason {
        SkipReason::Weekend => weekend(day, language).into(),
        SkipReason::DayOff(reason) => language.choose(&reason.vi, &reason.en).to_string().into(),
        SkipReason::Pause => language.choose("chờ người nộp bổ sung hồ sơ", "the applicant was completing the file").into(),
    }
}

/// What a provisional day rests on.
#[must_use]
pub fn provisional(language: Language) -> String {
    let vi = "tạm tính: lịch nghỉ lễ của những ngày này chưa được công bố, chỉ trừ thứ Bảy và Chủ nhật";
    let en = "provisional: the holidays of these days are not published yet, only Saturdays and Sundays were passed over";
    language.choose(vi, en).to_owned()
}

/// Why a deadline cannot be counted.
#[must_use]
pub fn uncountable(cause: UnknownCause, language: Language) -> String {
    let (vi, en) = match cause {
        UnknownCause::Clock => (
            "chưa rõ thời hạn tính lại thế nào sau khi yêu cầu bổ sung hồ sơ",
            "it is not known how the period is counted after the file had to be completed",
        ),
        UnknownCause::TimeOfDay => ("chưa rõ giờ bắt đầu tính", "the time of day from which to count is not known"),
        UnknownCause::TooFar => ("thời hạn quá xa để tính", "the period is too long to be counted"),
    };
    language.choose(vi, en).to_owned()
}
