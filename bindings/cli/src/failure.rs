//! How a verb ends.

use std::fmt;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use thutuc::compile::BadBundle;
use thutuc::model::Language;
use thutuc::wire::{AssessmentError, ProblemDocument, RequestError};

use crate::args::Global;
use crate::page::{Ink, Tone};

/// A verb that ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All is well.
    Fine,
    /// The rules or the case were refused; that has been said.
    Refused,
}

impl End {
    /// [`End::Refused`] if `refused`.
    pub fn refused_if(refused: bool) -> End {
        if refused { End::Refused } else { End::Fine }
    }

    /// The exit code.
    pub fn code(self) -> ExitCode {
        match self {
            End::Fine => ExitCode::SUCCESS,
            End::Refused => ExitCode::from(1),
        }
    }
}

/// A verb that could not go on.
#[derive(Debug)]
pub enum Failure {
    /// The rules or the case were refused, with what is still to be said.
    Refused(String),
    /// Wrong usage, or a file that cannot be read or written.
    Usage(String),
    /// A mistake that every host has a problem document for.
    Known {
        /// What is said to people.
        message: String,
        /// The exit code.
        code: u8,
        /// The mistake.
        mistake: Box<Mistake>,
    },
    /// Nobody reads the output any more.
    Closed,
}

/// A mistake that every host has a problem document for.
#[derive(Debug)]
pub enum Mistake {
    /// A request that cannot be decided.
    Request(RequestError),
    /// Records that cannot be assessed.
    Assessment(AssessmentError),
    /// A file that is no bundle of this version.
    Bundle(BadBundle),
}

impl Mistake {
    fn document(&self, language: Language) -> ProblemDocument {
        match self {
            Mistake::Request(error) => ProblemDocument::of_request(error, language),
            Mistake::Assessment(error) => ProblemDocument::of_assessment(error, language),
            Mistake::Bundle(bad) => ProblemDocument::of_bundle(bad, language),
        }
    }
}

impl Failure {
    /// Wrong usage.
    pub fn usage(message: impl fmt::Display) -> Failure {
        Failure::Usage(message.to_string())
    }

    /// A request that cannot be decided, in other words than the core's.
    pub fn request(error: RequestError, message: String) -> Failure {
        let code = if matches!(error, RequestError::Undecided(_)) { 1 } else { 2 };
        Failure::Known { message, code, mistake: Box::new(Mistake::Request(error)) }
    }

    /// Records, those of a file if one is given, that cannot be assessed.
    pub fn assessment(error: AssessmentError, file: Option<&Path>) -> Failure {
        let message = match (&error, file) {
            (AssessmentError::Records(bad), Some(file)) => format!("{}: {bad}", file.display()),
            _ => error.to_string(),
        };
        let code = if matches!(error, AssessmentError::Undecided(_)) { 1 } else { 2 };
        Failure::Known { message, code, mistake: Box::new(Mistake::Assessment(error)) }
    }

    /// A file that is no bundle of this version.
    pub fn bundle(path: &Path, bad: BadBundle) -> Failure {
        Failure::Known { message: format!("{}: {bad}", path.display()), code: 1, mistake: Box::new(Mistake::Bundle(bad)) }
    }

    /// The same failure, its message changed.
    pub fn reworded(mut self, change: impl FnOnce(&str) -> String) -> Failure {
        if let Failure::Refused(message) | Failure::Usage(message) | Failure::Known { message, .. } = &mut self {
            *message = change(message);
        }
        self
    }

    /// A file that cannot be read or written.
    pub fn file(path: &Path, error: &io::Error) -> Failure {
        Failure::Usage(format!("{}: {error}", path.display()))
    }

    /// Says it on stderr and gives the exit code. Where JSON is asked for, a known mistake is said as its problem document.
    pub fn tell(&self, global: &Global) -> ExitCode {
        let (message, code) = match self {
            Failure::Closed => return ExitCode::SUCCESS,
            Failure::Refused(message) => (message, 1),
            Failure::Usage(message) => (message, 2),
            Failure::Known { code, mistake, .. } if global.json() => {
                let _ = writeln!(io::stderr(), "{}", mistake.document(global.language()).to_json());
                return ExitCode::from(*code);
            }
            Failure::Known { message, code, .. } => (message, *code),
        };
        let ink = Ink::for_stderr(global.color);
        // A closed stderr leaves nobody to tell.
        let _ = writeln!(io::stderr(), "{} {message}", ink.paint(Tone::Bad, "thutuc:"));
        ExitCode::from(code)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::Usage(error.to_string()),
        }
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        let message = error.to_string();
        Failure::request(error, message)
    }
}
