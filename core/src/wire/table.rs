//! Why a table of cases cannot be decided: the same words whichever host holds the table.

use thiserror::Error;

use super::problem::{Kind, ProblemDocument};
use crate::columns::UnknownOutput;
use crate::model::Language;

/// Why a table of cases cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// A column that fits no fact.
    #[error("column `{column}` fits no fact{}; map it to a fact, keep it, or leave it out", hint(near.as_ref()))]
    UnknownColumn {
        /// The column.
        column: String,
        /// The fact whose name is nearest.
        near: Option<String>,
    },
    /// A column mapped to a fact that there is none of.
    #[error("column `{column}` is mapped to `{fact}`, which is no fact{}", hint(near.as_ref()))]
    UnknownFact {
        /// The column.
        column: String,
        /// The fact.
        fact: String,
        /// The nearest fact.
        near: Option<String>,
    },
    /// A name of a column that the table does not have.
    #[error("the table has no column `{name}` for `{argument}`{}", hint(near.as_ref()))]
    NoColumn {
        /// What it was given as: `keep`, `mapping`, `as_of`, `received_at`.
        argument: &'static str,
        /// The name.
        name: String,
        /// The nearest column.
        near: Option<String>,
    },
    /// Two columns for one fact.
    #[error("columns `{first}` and `{second}` both tell `{fact}`")]
    Twice {
        /// The fact.
        fact: String,
        /// The first column.
        first: String,
        /// The second column.
        second: String,
    },
    /// A set that is told by a column for each code, and one is not there.
    #[error("`{fact}` is told by a column for each code, and `{code}` has none")]
    NoFlag {
        /// The set.
        fact: String,
        /// The code.
        code: String,
    },
    /// A column of a type that its fact cannot be read from.
    #[error("column `{column}` holds {given}, `{fact}` takes {wanted}")]
    WrongType {
        /// The column.
        column: String,
        /// The fact, `as_of` or `received_at`.
        fact: String,
        /// The column's type.
        given: String,
        /// What it takes.
        wanted: WantedColumn,
    },
    /// Cells of a host's own kind that a fact cannot be told by.
    #[error("column `{column}` is {given}; it takes {wanted}")]
    WrongCells {
        /// The column: a fact, `asOf`, `receivedAt`.
        column: String,
        /// What was given.
        given: String,
        /// What it takes.
        wanted: WantedCells,
    },
    /// A column of another length than the others.
    #[error("column `{column}` has {has} cells for {rows} cases")]
    WrongLength {
        /// The column.
        column: String,
        /// How many cells it has.
        has: usize,
        /// How many cases there are.
        rows: usize,
    },
    /// A code that is no position in its list.
    #[error("column `{column}` has code {code} in row {row}: its list has {codes} codes, the first is 0")]
    NoCode {
        /// The column.
        column: String,
        /// The row; the first is 0.
        row: usize,
        /// The code.
        code: String,
        /// How many codes its list has.
        codes: usize,
    },
    /// Two columns of one name in the answer.
    #[error("the answer would have two columns `{name}`")]
    Ambiguous {
        /// The name.
        name: String,
    },
    /// A column of answers that there is none of.
    #[error(transparent)]
    UnknownOutput(#[from] UnknownOutput),
    /// The table itself cannot be read.
    #[error("the table cannot be read: {why}")]
    Unreadable {
        /// What its source says.
        why: String,
    },
}

/// What a fact takes from a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WantedColumn {
    /// Booleans.
    Boolean,
    /// Integers, decimals, floats or texts.
    Number,
    /// Texts.
    Text,
    /// Days or texts.
    Day,
    /// Moments or texts.
    Moment,
    /// Times of day or texts.
    Time,
    /// Lists of texts, a boolean a code, or bits.
    Set,
    /// Lists of texts.
    Texts,
    /// Lists of records.
    Records,
}

impl WantedColumn {
    fn words(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            WantedColumn::Boolean => ("giá trị đúng/sai", "booleans"),
            WantedColumn::Number => ("số nguyên, số thập phân, số thực hoặc văn bản", "integers, decimals, floats or strings"),
            WantedColumn::Text => ("văn bản", "strings"),
            WantedColumn::Day => ("ngày hoặc văn bản YYYY-MM-DD", "dates or strings YYYY-MM-DD"),
            WantedColumn::Moment => ("thời điểm hoặc văn bản YYYY-MM-DDTHH:MM", "timestamps or strings YYYY-MM-DDTHH:MM"),
            WantedColumn::Time => ("giờ trong ngày hoặc văn bản HH:MM", "times of day or strings HH:MM"),
            WantedColumn::Set => (
                "danh sách văn bản, một cột đúng/sai cho mỗi mã, hoặc số nguyên không dấu gồm các bit",
                "lists of strings, a column of booleans for each code, or unsigned integers of bits",
            ),
            WantedColumn::Texts => ("danh sách văn bản", "lists of strings"),
            WantedColumn::Records => ("danh sách bản ghi", "lists of structs"),
        };
        language.choose(vi, en)
    }
}

impl std::fmt::Display for WantedColumn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words(Language::En))
    }
}

/// The cells that JavaScript tells a fact by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WantedCells {
    /// Booleans.
    Boolean,
    /// Numbers.
    Number,
    /// One of some codes.
    Enum,
    /// Some of some codes.
    Set,
    /// Days.
    Day,
    /// Moments.
    Moment,
    /// Anything else.
    Wide,
    /// Which cells are not told, or are null.
    Flags,
    /// A bitmap.
    Bitmap,
    /// The codes that cells are positions of.
    Codes,
    /// The decimal places of integers.
    Scale,
}

impl WantedCells {
    /// The cells of a kind of fact, by the name of [`super::FactKind`], or of something else that a call takes by its own.
    #[must_use]
    pub fn named(name: &str) -> WantedCells {
        match name {
            "boolean" => WantedCells::Boolean,
            "number" => WantedCells::Number,
            "enum" => WantedCells::Enum,
            "set" => WantedCells::Set,
            "date" => WantedCells::Day,
            "moment" => WantedCells::Moment,
            "flags" => WantedCells::Flags,
            "bitmap" => WantedCells::Bitmap,
            "codes" => WantedCells::Codes,
            "scale" => WantedCells::Scale,
            _ => WantedCells::Wide,
        }
    }

    fn words(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            WantedCells::Boolean => ("Uint8Array gồm 0 và 1, mảng hoặc một giá trị", "a Uint8Array of 0 and 1, an array, or one value"),
            WantedCells::Number => (
                "mảng số nguyên có kiểu, Float64Array, mảng hoặc một giá trị",
                "a typed array of integers, a Float64Array, an array, or one value",
            ),
            WantedCells::Enum => (
                "mảng số nguyên có kiểu gồm vị trí trong danh sách mã, mảng hoặc một giá trị",
                "a typed array of positions in a list of codes, an array, or one value",
            ),
            WantedCells::Set => (
                "Uint8Array, Uint16Array, Uint32Array hoặc BigUint64Array gồm các bit, mảng hoặc một giá trị",
                "a Uint8Array, Uint16Array, Uint32Array or BigUint64Array of bits, an array, or one value",
            ),
            WantedCells::Day => (
                "Int32Array gồm số ngày kể từ 1970-01-01, mảng hoặc một ngày",
                "an Int32Array of days since 1970-01-01, an array, or one day",
            ),
            WantedCells::Moment => (
                "văn bản ISO, Int32Array gồm ngày, hoặc { days: Int32Array, seconds: Uint32Array }",
                "ISO text, an Int32Array of days, or { days: Int32Array, seconds: Uint32Array }",
            ),
            WantedCells::Wide => ("mảng hoặc một giá trị", "an array or one value"),
            WantedCells::Flags => ("Uint8Array, một byte cho mỗi trường hợp", "a Uint8Array, a byte a case"),
            WantedCells::Bitmap => ("Uint8Array, một bit cho mỗi trường hợp, bit thấp trước", "a Uint8Array, a bit a case, the lowest first"),
            WantedCells::Codes => ("danh sách mã; với tập hợp là đúng danh sách của dữ kiện", "a list of codes; for a set it is the fact's own"),
            WantedCells::Scale => ("số chữ số thập phân mà dữ kiện có", "a number of decimal places that the fact has"),
        };
        language.choose(vi, en)
    }
}

impl std::fmt::Display for WantedCells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words(Language::En))
    }
}

fn hint(near: Option<&String>) -> String {
    near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

const UNKNOWN_COLUMN: Kind = Kind("unknown-column", 422, "Không có cột này", "No such column");
const BAD_COLUMN: Kind = Kind("bad-column", 422, "Cột không hợp lệ", "A column that does not fit");
const UNREADABLE_TABLE: Kind = Kind("unreadable-table", 422, "Không đọc được bảng", "The table cannot be read");

impl ProblemDocument {
    /// The document of a table of cases that cannot be decided.
    #[must_use]
    pub fn of_table(error: &TableError, language: Language) -> ProblemDocument {
        let english = error.to_string();
        let hint = |near: &Option<String>| near.as_ref().map(|near| format!("; ý bạn là `{near}`?")).unwrap_or_default();
        let unknown = |near: &Option<String>, vi: String| {
            ProblemDocument { near: near.clone(), ..Self::new(&UNKNOWN_COLUMN, language, vi, english.clone()) }
        };
        match error {
            TableError::UnknownColumn { column, near } => {
                let hint = hint(near);
                unknown(near, format!("cột `{column}` không khớp dữ kiện nào{hint}; hãy gán cho một dữ kiện, giữ nguyên hoặc bỏ đi"))
            }
            TableError::UnknownFact { column, fact, near } => {
                unknown(near, format!("cột `{column}` được gán cho `{fact}`, không phải dữ kiện{}", hint(near)))
            }
            TableError::NoColumn { argument, name, near } => unknown(near, format!("bảng không có cột `{name}` cho `{argument}`{}", hint(near))),
            TableError::UnknownOutput(UnknownOutput { procedure, name, near }) => {
                unknown(near, format!("thủ tục {procedure} không có cột kết quả `{name}`{}", hint(near)))
            }
            TableError::Twice { fact, first, second } => {
                Self::new(&BAD_COLUMN, language, format!("cột `{first}` và `{second}` cùng cho dữ kiện `{fact}`"), english)
            }
            TableError::NoFlag { fact, code } => {
                let vi = format!("`{fact}` được cho bằng một cột cho mỗi mã, nhưng không có cột cho `{code}`");
                Self::new(&BAD_COLUMN, language, vi, english)
            }
            TableError::WrongType { column, fact, given, wanted } => {
                let vi = format!("cột `{column}` chứa {given}, `{fact}` cần {}", wanted.words(language));
                Self::new(&BAD_COLUMN, language, vi, english)
            }
            TableError::WrongCells { column, given, wanted } => {
                let vi = format!("cột `{column}` là {given}; cần {}", wanted.words(language));
                Self::new(&BAD_COLUMN, language, vi, english)
            }
            TableError::WrongLength { column, has, rows } => {
                Self::new(&BAD_COLUMN, language, format!("cột `{column}` có {has} ô cho {rows} trường hợp"), english)
            }
            TableError::NoCode { column, row, code, codes } => {
                let vi = format!("cột `{column}` có mã {code} ở dòng {row}: danh sách của nó có {codes} mã, mã đầu là 0");
                Self::new(&BAD_COLUMN, language, vi, english)
            }
            TableError::Ambiguous { name } => {
                Self::new(&BAD_COLUMN, language, format!("kết quả sẽ có hai cột `{name}`"), english)
            }
            TableError::Unreadable { why } => Self::new(&UNREADABLE_TABLE, language, format!("không đọc được bảng: {why}"), english),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_fits_no_fact_is_told_with_the_nearest() {
        let error = TableError::UnknownColumn { column: "residence.aera".into(), near: Some("residence.area".into()) };
        let document = ProblemDocument::of_table(&error, Language::En);
        assert_eq!((document.code.as_str(), document.near.as_deref()), ("unknown-column", Some("residence.area")));
        assert!(document.detail.contains("did you mean `residence.area`?"));
        assert!(ProblemDocument::of_table(&error, Language::Vi).detail.contains("ý bạn là `residence.area`?"));
    }
}
