//! What is wrong with a fact and how to mend it, in words.

use super::Language;
use crate::eval::{FactProblem, ProblemCode, Wanted};

/// A problem as a sentence.
#[must_use]
pub fn problem_message(problem: &FactProblem, language: Language) -> String {
    let (fact, given) = (&problem.fact, &problem.given);
    let vi = language == Language::Vi;
    match (problem.code, &problem.wanted) {
        (ProblemCode::UnknownFact, Wanted::Name(near)) if vi => format!("không có dữ kiện `{fact}`; ý bạn là `{near}`?"),
        (ProblemCode::UnknownFact, Wanted::Name(near)) => format!("there is no fact `{fact}`; did you mean `{near}`?"),
        (ProblemCode::UnknownFact, _) if vi => format!("không có dữ kiện `{fact}`"),
        (ProblemCode::UnknownFact, _) => format!("there is no fact `{fact}`"),
        (ProblemCode::Duplicate, _) if vi => format!("`{fact}` được khai hai lần; chỉ giữ một"),
        (ProblemCode::Duplicate, _) => format!("`{fact}` is told twice; keep one"),
        (ProblemCode::WrongType, Wanted::Type(wanted)) if vi => format!("`{fact}` phải là {}, đã khai {given}", type_in_vietnamese(wanted)),
        (ProblemCode::WrongType, Wanted::Type("integer")) => format!("`{fact}` takes an integer, {given} was given"),
        (ProblemCode::WrongType, Wanted::Type(wanted)) => format!("`{fact}` takes a {wanted}, {given} was given"),
        (ProblemCode::OutOfBounds, Wanted::Bounds(min, max)) => bounds(fact, given, min.as_deref(), max.as_deref(), language),
        (ProblemCode::NotInEnumeration, Wanted::Codes(codes, near)) => {
            let codes: Vec<&str> = codes.iter().map(|code| &**code).collect();
            let near = near.as_ref().map_or(String::new(), |near| language.choose(format!("; ý bạn là `{near}`?"), format!("; did you mean `{near}`?")));
            match language {
                Language::Vi => format!("`{fact}` phải là một trong {}, đã khai {given}{near}", codes.join(", ")),
                Language::En => format!("`{fact}` takes one of {}, {given} was given{near}", codes.join(", ")),
            }
        }
        (ProblemCode::BadDate | ProblemCode::BadTime, Wanted::Type(form)) if vi => {
            format!("`{fact}` phải viết dạng {form} và có thật, đã khai {given}")
        }
        (ProblemCode::BadDate | ProblemCode::BadTime, Wanted::Type(form)) => {
            format!("`{fact}` is written {form} and must exist, {given} was given")
        }
        (ProblemCode::TooManyDigits, Wanted::AtMost(34)) if vi => format!("`{fact}` có quá 34 chữ số: {given}"),
        (ProblemCode::TooManyDigits, Wanted::AtMost(34)) => format!("`{fact}` has more than 34 digits: {given}"),
        (ProblemCode::TooManyDigits, Wanted::AtMost(most)) if vi => format!("`{fact}` chỉ nhận {most} chữ số thập phân, đã khai {given}"),
        (ProblemCode::TooManyDigits, Wanted::AtMost(most)) => format!("`{fact}` takes at most {most} decimal places, {given} was given"),
        (ProblemCode::TooLong, Wanted::AtMost(most)) if vi => format!("`{fact}` dài quá {most} ký tự"),
        (ProblemCode::TooLong, Wanted::AtMost(most)) => format!("`{fact}` is longer than {most} characters"),
        (ProblemCode::TooMany, Wanted::AtMost(most)) if vi => format!("`{fact}` chỉ nhận {most} mục, đã khai {given}"),
        (ProblemCode::TooMany, Wanted::AtMost(most)) => format!("`{fact}` takes at most {most} items, {given} were given"),
        (ProblemCode::NullNotAllowed, _) if vi => format!("`{fact}` phải có câu trả lời; bỏ hẳn nếu chưa biết"),
        (ProblemCode::NullNotAllowed, _) => format!("`{fact}` needs an answer; leave it out if it is not known yet"),
        (ProblemCode::IncompleteRecord, Wanted::Name(field)) if vi => format!("`{fact}` thiếu `{field}`"),
        (ProblemCode::IncompleteRecord, Wanted::Name(field)) => format!("`{fact}` lacks `{field}`"),
        (ProblemCode::Unreadable, Wanted::Place(line, column, why)) if vi => format!("không đọc được JSON ở dòng {line}, cột {column}: {why}"),
        (ProblemCode::Unreadable, Wanted::Place(line, column, why)) => format!("the JSON cannot be read at line {line}, column {column}: {why}"),
        _ if vi => format!("`{fact}` không dùng được: {given}"),
        _ => format!("`{fact}` cannot be used: {given}"),
    }
}

fn bounds(fact: &str, given: &str, min: Option<&str>, max: Option<&str>, language: Language) -> String {
    match (min, max, language) {
        (Some(min), Some(max), Language::Vi) => format!("`{fact}` phải từ {min} đến {max}, đã khai {given}"),
        (Some(min), Some(max), Language::En) => format!("`{fact}` must lie between {min} and {max}, {given} was given"),
        (Some(min), None, Language::Vi) => format!("`{fact}` phải từ {min} trở lên, đã khai {given}"),
        (Some(min), None, Language::En) => format!("`{fact}` must be {min} or more, {given} was given"),
        (None, Some(max), Language::Vi) => format!("`{fact}` không được quá {max}, đã khai {given}"),
        (None, Some(max), Language::En) => format!("`{fact}` must be {max} or less, {given} was given"),
        (None, None, Language::Vi) => format!("`{fact}` ngoài khoảng cho phép: {given}"),
        (None, None, Language::En) => format!("`{fact}` is out of bounds: {given}"),
    }
}

fn type_in_vietnamese(name: &str) -> &str {
    match name {
        "boolean" => "true hoặc false",
        "number" => "số",
        "integer" => "số nguyên",
        "string" => "văn bản",
        "date" => "ngày dạng YYYY-MM-DD",
        "time" => "giờ dạng HH:MM:SS",
        "date and time" => "ngày giờ dạng YYYY-MM-DDTHH:MM:SS",
        "list of string" => "danh sách văn bản",
        "list of records" => "danh sách",
        "record" => "một mục có các trường",
        other => other,
    }
}
