//! Text laid out for a terminal: colour, width, wrapping. Nothing here knows what it is about.

use std::env;
use std::io::{self, IsTerminal, Write as _};

use crate::args::Colour;
use crate::failure::Failure;

/// The width of a page that goes to no terminal.
const PIPE_WIDTH: usize = 100;

/// The widest page: longer lines are hard to read.
const MOST: usize = 120;

/// What a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// A title, a value that counts.
    Strong,
    /// Beside the point.
    Faint,
    /// Settled well.
    Good,
    /// Refused, wrong.
    Bad,
    /// Open, uncertain.
    Open,
    /// A place in a text.
    Place,
}

/// Whether colour is used.
#[derive(Clone, Copy, Debug)]
pub struct Ink {
    colour: bool,
}

impl Ink {
    /// For what goes to stdout.
    pub fn for_stdout(when: Colour) -> Ink {
        Ink { colour: wanted(when, io::stdout().is_terminal()) }
    }

    /// For what goes to stderr.
    pub fn for_stderr(when: Colour) -> Ink {
        Ink { colour: wanted(when, io::stderr().is_terminal()) }
    }

    /// The text in a tone.
    pub fn paint(self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Plain => return text.to_owned(),
            Tone::Strong => "1",
            Tone::Faint => "2",
            Tone::Good => "32",
            Tone::Bad => "1;31",
            Tone::Open => "33",
            Tone::Place => "36",
        };
        if self.colour && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// The text on a coloured ground; in brackets where there is no colour.
    pub fn badge(self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Good => "1;30;42",
            Tone::Bad => "1;97;41",
            Tone::Open => "1;30;43",
            _ => "7",
        };
        if self.colour { format!("\x1b[{code}m {text} \x1b[0m") } else { format!("[{text}]") }
    }
}

fn wanted(when: Colour, terminal: bool) -> bool {
    match when {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// How many columns stdout has, at most [`MOST`].
pub fn width() -> usize {
    match terminal_size::terminal_size() {
        Some((terminal_size::Width(columns), _)) if io::stdout().is_terminal() => usize::from(columns).clamp(40, MOST),
        _ => PIPE_WIDTH,
    }
}

/// How many columns a text takes: colours and combining marks take none.
pub fn width_of(text: &str) -> usize {
    let mut columns = 0;
    let mut escape = false;
    for c in text.chars() {
        match c {
            '\x1b' => escape = true,
            'm' if escape => escape = false,
            _ if escape => {}
            '\u{300}'..='\u{36f}' => {}
            _ => columns += 1,
        }
    }
    columns
}

/// The text with blanks behind it to fill so many columns.
pub fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width_of(text))))
}

/// The text cut to so many columns, with `…` where something was cut. It must hold no colours.
pub fn cut(text: &str, columns: usize) -> String {
    if width_of(text) <= columns {
        return text.to_owned();
    }
    let kept: String = text.chars().take(columns.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The text in lines of at most so many columns, broken at blanks.
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && width_of(&line) + 1 + width_of(word) > columns {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// A page that grows line by line.
#[derive(Debug)]
pub struct Page {
    lines: Vec<String>,
    /// Its colours.
    pub ink: Ink,
    /// Its columns.
    pub width: usize,
}

impl Page {
    /// An empty page for stdout.
    pub fn new(ink: Ink) -> Page {
        Page { lines: Vec::new(), ink, width: width() }
    }

    /// An empty page of a width.
    pub fn of_width(ink: Ink, width: usize) -> Page {
        Page { lines: Vec::new(), ink, width }
    }

    /// Adds a line as it is.
    pub fn line(&mut self, text: impl Into<String>) {
        self.lines.push(text.into());
    }

    /// Adds an empty line, unless the page is empty or ends in one.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Adds a text after a mark, its further lines indented as far as its first.
    pub fn item(&mut self, mark: &str, text: &str) {
        self.drawn(mark, &" ".repeat(width_of(mark)), text);
    }

    /// Adds a text after a mark, its further lines after another that is as wide.
    pub fn drawn(&mut self, first: &str, further: &str, text: &str) {
        for (line, number) in wrapped(text, self.width.saturating_sub(width_of(first)).max(20)).iter().zip(0..) {
            let before = if number == 0 { first } else { further };
            self.lines.push(format!("{before}{line}").trim_end().to_owned());
        }
    }

    /// Adds a text indented by so many columns, in a tone.
    pub fn text(&mut self, indent: usize, tone: Tone, text: &str) {
        for line in wrapped(text, self.width.saturating_sub(indent).max(20)) {
            self.lines.push(format!("{}{}", " ".repeat(indent), self.ink.paint(tone, &line)));
        }
    }

    /// Adds a title, with what is known about the whole of what follows behind it.
    pub fn heading(&mut self, title: &str, tone: Tone, summary: &str) {
        self.gap();
        let title = self.ink.paint(Tone::Strong, title);
        let summary = self.ink.paint(tone, summary);
        self.lines.push(format!("{title}  {summary}").trim_end().to_owned());
    }

    /// Its lines.
    pub fn into_lines(self) -> Vec<String> {
        self.lines
    }

    /// Its text.
    pub fn into_text(self) -> String {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }

    /// Writes it to stdout.
    pub fn print(self) -> Result<(), Failure> {
        print(&self.into_text())
    }
}

/// Writes a text to stdout.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Writes a value to stdout as one line of JSON.
pub fn print_json<T: serde::Serialize>(value: &T) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(Failure::usage)?;
    print(&format!("{text}\n"))
}

/// Writes a text to stderr, where the trouble is told.
pub fn tell(text: &str) {
    // A closed stderr leaves nobody to tell.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
