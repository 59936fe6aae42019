//! The two ends of the talk: lines out, lines in.

use std::io::{self, BufRead as _, IsTerminal as _, Write};

use thutuc::model::Language;

use crate::args::Colour;
use crate::failure::Failure;
use crate::labels::{self, TalkWords};
use crate::page::{self, Ink, Page, Tone, padded};

/// The least columns for the picture beside the question.
const WIDE: usize = 100;

/// Columns of the picture.
pub const PANEL: usize = 42;

/// Where the talk goes, and how wide it is.
pub struct Talk {
    out: Box<dyn Write>,
    echo: bool,
    /// Its colours.
    pub ink: Ink,
    /// Its columns.
    pub width: usize,
    /// Whether the picture stands beside the question.
    pub beside: bool,
}

impl Talk {
    /// On stdout.
    pub fn stdout(colour: Colour) -> Talk {
        let terminal = io::stdout().is_terminal() && io::stdin().is_terminal();
        Talk::new(Box::new(io::stdout()), Ink::for_stdout(colour), terminal)
    }

    /// On stderr.
    pub fn stderr(colour: Colour) -> Talk {
        Talk::new(Box::new(io::stderr()), Ink::for_stderr(colour), false)
    }

    fn new(out: Box<dyn Write>, ink: Ink, terminal: bool) -> Talk {
        let width = page::width();
        // What is typed into a pipe is not seen: it is written after the prompt.
        Talk { out, echo: !io::stdin().is_terminal(), ink, width, beside: terminal && width >= WIDE }
    }

    /// The words of the talk.
    pub fn words(&self, language: Language) -> &'static TalkWords {
        labels::talk(language)
    }

    /// Columns of the question.
    pub fn left_width(&self) -> usize {
        if self.beside { self.width.saturating_sub(PANEL + 3) } else { self.width }
    }

    /// A text in the colour of refusal.
    pub fn bad(&self, text: &str) -> String {
        self.ink.paint(Tone::Bad, text)
    }

    /// Says a text after a mark, wrapped.
    pub fn say(&mut self, mark: &str, text: &str) -> Result<(), Failure> {
        let mut page = Page::of_width(self.ink, self.left_width());
        page.item(&format!("   {mark}"), text);
        self.lines(&page.into_lines())
    }

    /// Says what is wrong with an answer.
    pub fn refuse(&mut self, text: &str) -> Result<(), Failure> {
        self.say(&self.bad("✗ "), &self.bad(text))
    }

    /// Writes lines.
    pub fn lines(&mut self, lines: &[String]) -> Result<(), Failure> {
        for line in lines {
            writeln!(self.out, "{line}")?;
        }
        Ok(self.out.flush()?)
    }

    /// Draws two columns on a cleared screen.
    pub fn side_by_side(&mut self, left: &[String], right: &[String]) -> Result<(), Failure> {
        let width = self.left_width();
        write!(self.out, "\x1b[2J\x1b[H")?;
        for number in 0..left.len().max(right.len()) {
            let (left, right) = (left.get(number).map_or("", String::as_str), right.get(number).map_or("", String::as_str));
            let border = self.ink.paint(Tone::Faint, "│");
            let line = format!("{} {border} {right}", padded(left, width));
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(self.out.flush()?)
    }

    /// Asks for a line; `None` at the end of the input.
    pub fn hear(&mut self, prompt: &str) -> Result<Option<String>, Failure> {
        write!(self.out, "{prompt} ")?;
        self.out.flush()?;
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_until(b'\n', &mut bytes)?;
        let line = String::from_utf8_lossy(&bytes).trim().to_owned();
        if read == 0 || self.echo {
            writeln!(self.out, "{line}")?;
        }
        Ok((read > 0).then_some(line))
    }
}
