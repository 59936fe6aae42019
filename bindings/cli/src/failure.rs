//! How a verb ends.

use std::fmt;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use thutuc::wire::RequestError;

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
    /// Nobody reads the output any more.
    Closed,
}

impl Failure {
    /// Wrong usage.
    pub fn usage(message: impl fmt::Display) -> Failure {
        Failure::Usage(message.to_string())
    }

    /// A file that cannot be read or written.
    pub fn file(path: &Path, error: &io::Error) -> Failure {
        Failure::Usage(format!("{}: {error}", path.display()))
    }

    /// Says it on stderr and gives the exit code.
    pub fn tell(&self, global: &Global) -> ExitCode {
        let (message, code) = match self {
            Failure::Closed => return ExitCode::SUCCESS,
            Failure::Refused(message) => (message, 1),
            Failure::Usage(message) => (message, 2),
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
        match error {
            RequestError::Undecided(_) => Failure::Refused(error.to_string()),
            other => Failure::Usage(other.to_string()),
        }
    }
}
