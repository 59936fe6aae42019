//! The registry of diagnostic codes: each declared once, with its severity, what it means, and its page in the manual.

use super::Severity;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident, $meaning:literal;)*) => {
        /// The kind of a diagnostic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $meaning] $variant,)* }

        impl Code {
            /// Every code, in the order of the registry.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The name that is printed: `error[unknown-fact]`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How grave it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning,)* }
            }

            /// Its page in the manual as written: `pages/<name>.md` beside this file.
            #[cfg(feature = "author")]
            pub(super) fn text_of_page(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("pages/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    UnreadableYaml = "unreadable-yaml", Error, "the file is not YAML";
    UnsupportedYaml = "unsupported-yaml", Error, "a part of YAML that rule files do not use: references, types, several documents, keys that are not texts";
    TabIndent = "tab-indent", Error, "a tab stands where YAML wants spaces";
    DuplicateKey = "duplicate-key", Error, "a key stands twice in one mapping";
    UnknownKey = "unknown-key", Error, "a key that the rule language does not know";
    MissingKey = "missing-key", Error, "a key that must be there is not";
    WrongShape = "wrong-shape", Error, "a list, a mapping or a text stands where another is wanted";
    BadDate = "bad-date", Error, "a date that is not `YYYY-MM-DD` or does not exist";
    BadNumber = "bad-number", Error, "a number that cannot be read";
    BadPeriod = "bad-period", Error, "a period that is not such as `7 working days`";
    BadCitation = "bad-citation", Error, "a citation that cannot be read";
    BadPath = "bad-path", Error, "a place in a record that is not such as `code` or `ways[].channel`";
    BadTable = "bad-table", Error, "a pipe table whose rows and columns do not fit";
    BadName = "bad-name", Error, "an id or a name with characters it may not have";
    UnknownFileKind = "unknown-file-kind", Error, "a rule file whose first key does not say what it is";
    Syntax = "feel-syntax", Error, "a FEEL expression that cannot be parsed";
    TooDeep = "too-deep", Error, "an expression or a file nested deeper than the limit";
    UnknownName = "unknown-name", Error, "a name that nothing declares";
    UnknownFact = "unknown-fact", Error, "a fact that the procedure does not declare";
    UnknownFunction = "unknown-function", Error, "a function that does not exist";
    UnknownValue = "unknown-value", Error, "a value that the enumeration does not have";
    UnknownVocabulary = "unknown-vocabulary", Error, "a vocabulary that the pack does not have";
    UnknownInstrument = "unknown-instrument", Error, "a citation to an instrument that is not declared";
    UnknownElement = "unknown-element", Error, "an amendment, a case or an assessment names an element that does not exist";
    UnknownProcedure = "unknown-procedure", Error, "a file names a procedure that the pack does not have";
    UnknownLink = "unknown-link", Error, "a step that the linked service does not have";
    LinkedOrder = "linked-order", Error, "a step of a linked service comes after itself or after one that stands below it";
    LinkedProcedure = "linked-procedure", Error, "a step of a linked service carries out a linked service";
    LinkedFact = "linked-fact", Error, "two procedures of a linked service mean different facts by one name";
    TypeMismatch = "type-mismatch", Error, "an expression of one type where another is wanted";
    WrongArguments = "wrong-arguments", Error, "a function is called with arguments it does not take";
    MaybeNull = "maybe-null", Error, "a value that can be null is used as if it never were";
    DefinitionCycle = "definition-cycle", Error, "definitions that need each other";
    DuplicateDeclaration = "duplicate-declaration", Error, "two elements with one id, or two facts with one name";
    OverlappingValues = "overlapping-values", Error, "two dated values of one parameter are in force on the same day";
    OverlappingRows = "overlapping-rows", Error, "two rows of a table with hit policy U can both match";
    ParameterGap = "parameter-gap", Error, "a rule uses a parameter on days on which it has no value";
    LapsedInstrument = "lapsed-instrument", Error, "a rule applies on days on which its legal basis is not in force";
    NoCitation = "no-citation", Error, "a condition, a document, a fee, a deadline or a figure of an assessment without a legal basis";
    EmptyInterval = "empty-interval", Error, "an interval that ends before it begins";
    MissingLabel = "missing-label", Error, "a text that a person reads is not given in both languages";
    BadCalendar = "bad-calendar", Error, "days off that contradict each other or the year they stand in";
    BadBounds = "bad-bounds", Error, "bounds that exclude every value, or do not suit the type";
    TooMany = "too-many", Error, "more elements than one procedure can have";
    UnknownDatabase = "unknown-database", Error, "a paper is held in a database that is not declared";
    UnsourcedReuse = "unsourced-reuse", Warning, "a paper is reused, and nothing says from which database";
    RepeatedThreshold = "repeated-threshold", Warning, "a number or a day of the law stands as a literal in two places";
    ValueGap = "value-gap", Warning, "two dated values leave days between them without one";
    UnusedName = "unused-name", Warning, "a parameter or a definition is declared and no rule uses it";
    UnusedFact = "unused-fact", Warning, "a fact is declared and never used";
    IncompleteTable = "incomplete-table", Error, "a table that must give an amount has no row for some case";
    UnreachableRow = "unreachable-row", Warning, "a row of a table can never be the one that decides";
    OverlongSteps = "overlong-steps", Warning, "the steps of a procedure take longer than any of its deadlines";
    LevelDiffers = "level-differs", Warning, "a procedure states another level of online service than its declarations come to";
    MisplacedRow = "misplaced-row", Error, "a row or an element has dates outside those of what holds it";
}
