//! Problem documents (RFC 9457): the same document for the same mistake in every host.

use serde::{Deserialize, Serialize};

use super::argument::Argument;
use super::decision::Problem;
use super::decide::wire_problem;
use super::request::RequestError;
use crate::compile::{BadBundle, FORMAT};
use crate::eval::{FactProblem, Undecided};
use crate::model::Language;

/// The types of problems live under this address; the code follows.
pub const PROBLEM_TYPES: &str = "https://thutuc.dev/problems/";

/// Why a call gave no answer, as RFC 9457 has it, with members of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProblemDocument {
    /// `https://thutuc.dev/problems/` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in a few words.
    pub title: String,
    /// The HTTP status a backend answers with.
    pub status: u16,
    /// What is wrong this time and what to do about it.
    pub detail: String,
    /// The kind of problem as a name, the last part of `type`.
    pub code: String,
    /// The name nearest to the one that is not known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub near: Option<String>,
    /// The facts that do not fit.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub errors: Vec<Problem<'static>>,
}

/// A kind of problem: its name, the HTTP status, the title in Vietnamese and English.
pub(super) struct Kind(pub &'static str, pub u16, pub &'static str, pub &'static str);

const UNREADABLE: Kind = Kind("unreadable-request", 400, "Không đọc được yêu cầu", "The request cannot be read");
const UNKNOWN_PROCEDURE: Kind = Kind("unknown-procedure", 404, "Không có thủ tục này", "No such procedure");
const UNKNOWN_JURISDICTION: Kind = Kind("unknown-jurisdiction", 404, "Không có địa phương này", "No such jurisdiction");
const BAD_DATE: Kind = Kind("bad-date", 400, "Ngày không hợp lệ", "Not a date");
const UNKNOWN_LANGUAGE: Kind = Kind("unknown-language", 400, "Ngôn ngữ không có", "No such language");
const NOT_IN_FORCE: Kind = Kind("not-in-force", 422, "Thủ tục chưa hoặc không còn quy định vào ngày này", "No rules on this day");
const LIMIT_EXCEEDED: Kind = Kind("limit-exceeded", 503, "Vượt giới hạn tính toán", "A limit was exceeded");
const NOT_A_BUNDLE: Kind = Kind("not-a-bundle", 422, "Không phải gói quy tắc", "Not a bundle");
const OTHER_FORMAT: Kind = Kind("other-format", 422, "Gói quy tắc của phiên bản khác", "A bundle of another version");
const DAMAGED_BUNDLE: Kind = Kind("damaged-bundle", 422, "Gói quy tắc bị hỏng", "A damaged bundle");
#[cfg(feature = "assess")]
const UNKNOWN_ASSESSMENT: Kind = Kind("unknown-assessment", 404, "Không có bộ đánh giá này", "No such assessment");
#[cfg(feature = "assess")]
const UNKNOWN_DIMENSION: Kind = Kind("unknown-dimension", 404, "Không có chiều này", "No such dimension");
#[cfg(feature = "assess")]
const BAD_RECORDS: Kind = Kind("bad-records", 400, "Không đọc được bản ghi", "Records that cannot be read");
const BAD_FACTS: Kind = Kind("bad-facts", 422, "Dữ kiện không hợp lệ", "Facts that do not fit");
const WRONG_ARGUMENT: Kind = Kind("wrong-argument", 400, "Tham số không hợp lệ", "An argument that does not fit");
#[cfg(feature = "author")]
const BAD_RULES: Kind = Kind("bad-rules", 422, "Tệp quy tắc có lỗi", "The rule files have errors");
const INTERNAL: Kind = Kind("internal", 500, "Lỗi bên trong", "An internal error");

impl ProblemDocument {
    /// The document of a request that cannot be decided.
    #[must_use]
    pub fn of_request(error: &RequestError, language: Language) -> ProblemDocument {
        let english = error.to_string();
        match error {
            RequestError::Unreadable { line, column, why } => {
                let vi = format!("không đọc được yêu cầu ở dòng {line}, cột {column}: {why}");
                Self::new(&UNREADABLE, language, vi, english)
            }
            RequestError::UnknownProcedure { code, near } => {
                let hint = near.as_ref().map(|near| format!("; ý bạn là `{near}`?")).unwrap_or_default();
                let document = Self::new(&UNKNOWN_PROCEDURE, language, format!("gói không có thủ tục `{code}`{hint}"), english);
                ProblemDocument { near: near.clone(), ..document }
            }
            RequestError::UnknownJurisdiction { given, known } => {
                let known = known.join(", ");
                let vi = format!("gói không có quy định riêng cho `{given}`; có cho {known}; bỏ trống để dùng quy định chung");
                Self::new(&UNKNOWN_JURISDICTION, language, vi, english)
            }
            RequestError::BadDate { field, form, given } => {
                Self::new(&BAD_DATE, language, format!("`{field}` phải viết dạng {form}, đã cho `{given}`"), english)
            }
            RequestError::UnknownLanguage { given } => {
                Self::new(&UNKNOWN_LANGUAGE, language, format!("`lang` phải là `vi` hoặc `en`, đã cho `{given}`"), english)
            }
            RequestError::Undecided(undecided) => Self::of_undecided(undecided, language),
        }
    }

    /// The document of a case that the rules could not decide.
    #[must_use]
    pub fn of_undecided(undecided: &Undecided, language: Language) -> ProblemDocument {
        let (kind, vi) = match undecided {
            Undecided::LimitExceeded { limit } => (&LIMIT_EXCEEDED, format!("quy tắc cần hơn {limit} bước cho trường hợp này")),
            Undecided::NotInForce { code, day, from } => {
                (&NOT_IN_FORCE, format!("thủ tục {code} không có quy định vào ngày {day}: quy định bắt đầu từ {from}"))
            }
        };
        Self::new(kind, language, vi, undecided.to_string())
    }

    /// The document of records that could not be assessed.
    #[cfg(feature = "assess")]
    #[must_use]
    pub fn of_assessment(error: &super::AssessmentError, language: Language) -> ProblemDocument {
        use super::{AssessmentError, BadRecords};
        let english = error.to_string();
        let hint = |near: &Option<String>, known: &[String]| match near {
            Some(near) => format!("; ý bạn là `{near}`?"),
            None if known.is_empty() => "; bộ đánh giá đọc từ tệp quy tắc, bundle không mang theo".to_owned(),
            None => format!("; có {}", known.join(", ")),
        };
        match error {
            AssessmentError::Unknown { id, near, known } => {
                let vi = format!("gói không có bộ đánh giá `{id}`{}", hint(near, known));
                ProblemDocument { near: near.clone(), ..Self::new(&UNKNOWN_ASSESSMENT, language, vi, english) }
            }
            AssessmentError::UnknownDimension { id, near, known } => {
                let vi = format!("bộ đánh giá không có chiều `{id}`{}", hint(near, known));
                ProblemDocument { near: near.clone(), ..Self::new(&UNKNOWN_DIMENSION, language, vi, english) }
            }
            AssessmentError::Records(bad) => {
                let vi = match bad {
                    BadRecords::NotAnObject { line, why } => format!("dòng {line} không phải đối tượng JSON: {why}"),
                    BadRecords::WrongCells { line, cells, columns } => format!("dòng {line} có {cells} ô dưới {columns} cột"),
                    BadRecords::OpenQuote { line } => format!("dấu nháy ở dòng {line} không đóng"),
                    BadRecords::UnknownFormat { name } => format!("{name}: bản ghi đọc từ .parquet, .jsonl, .ndjson hoặc .csv"),
                    BadRecords::Nothing => "không có bản ghi nào".to_owned(),
                };
                Self::new(&BAD_RECORDS, language, vi, english)
            }
            AssessmentError::Undecided(undecided) => Self::of_undecided(undecided, language),
        }
    }

    /// The document of bytes that are no bundle of this version.
    #[must_use]
    pub fn of_bundle(error: &BadBundle, language: Language) -> ProblemDocument {
        let (kind, vi) = match error {
            BadBundle::NotABundle => (&NOT_A_BUNDLE, "đây không phải gói quy tắc của thutuc: hãy tạo bằng `thutuc bundle`".to_owned()),
            BadBundle::OtherFormat { found } => {
                let vi = format!("gói có định dạng {found}, phiên bản này đọc định dạng {FORMAT}: hãy tạo lại bằng `thutuc bundle`");
                (&OTHER_FORMAT, vi)
            }
            BadBundle::Damaged { why } => (&DAMAGED_BUNDLE, format!("gói bị hỏng: {why}; hãy tải lại")),
        };
        Self::new(kind, language, vi, error.to_string())
    }

    /// The document of facts that do not fit, for a host that refuses them.
    #[must_use]
    pub fn of_facts(problems: &[FactProblem], language: Language) -> ProblemDocument {
        Self::of_problems(problems.iter().map(|problem| wire_problem(problem, language)).collect(), language)
    }

    /// As [`ProblemDocument::of_facts`], of problems in that language.
    #[must_use]
    pub fn of_problems(errors: Vec<Problem<'static>>, language: Language) -> ProblemDocument {
        let (vi, en) = match errors.as_slice() {
            [one] => (one.message.clone(), one.message.clone()),
            more => (format!("{} dữ kiện không hợp lệ", more.len()), format!("{} facts do not fit", more.len())),
        };
        ProblemDocument { errors, ..Self::new(&BAD_FACTS, language, vi, en) }
    }

    /// The document of an argument of another type than the call takes.
    #[must_use]
    pub fn of_argument(name: &str, wanted: Argument, given: &str, language: Language) -> ProblemDocument {
        let wanted = wanted.words(language);
        let vi = format!("`{name}` phải là {wanted}, đã cho {given}");
        Self::new(&WRONG_ARGUMENT, language, vi, format!("`{name}` takes {wanted}, {given} was given"))
    }

    /// The document of rule files with errors; the diagnostics come beside it.
    #[cfg(feature = "author")]
    #[must_use]
    pub fn of_rules(errors: usize, first: &str, language: Language) -> ProblemDocument {
        let vi = format!("{errors} lỗi trong tệp quy tắc, lỗi đầu: {first}");
        Self::new(&BAD_RULES, language, vi, format!("{errors} errors in the rule files, the first: {first}"))
    }

    /// The document of a fault of the engine itself.
    #[must_use]
    pub fn internal(what: &str, language: Language) -> ProblemDocument {
        let vi = format!("lỗi của thutuc, không phải của dữ kiện: {what}; xin báo lại");
        Self::new(&INTERNAL, language, vi, format!("a fault of thutuc, not of the facts: {what}; please report it"))
    }

    /// As JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(super) fn new(kind: &Kind, language: Language, vi: String, en: String) -> ProblemDocument {
        let Kind(code, status, title_vi, title_en) = kind;
        ProblemDocument {
            kind: format!("{PROBLEM_TYPES}{code}"),
            title: language.choose(*title_vi, *title_en).to_owned(),
            status: *status,
            detail: language.choose(vi, en),
            code: (*code).to_owned(),
            near: None,
            errors: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_names_the_mistake_and_a_way_out() {
        let error = RequestError::UnknownProcedure { code: "1.004223".into(), near: Some("1.004222".into()) };
        let document = ProblemDocument::of_request(&error, Language::En);
        assert_eq!(
            document.to_json(),
            r#"{"type":"https://thutuc.dev/problems/unknown-procedure","title":"No such procedure","status":404,"detail":"the pack has no procedure `1.004223`; did you mean `1.004222`?","code":"unknown-procedure","near":"1.004222"}"#
        );
        let document = ProblemDocument::of_bundle(&BadBundle::OtherFormat { found: 9 }, Language::Vi);
        assert_eq!((document.code.as_str(), document.status), ("other-format", 422));
        assert!(document.detail.contains("định dạng 9"));
    }
}
