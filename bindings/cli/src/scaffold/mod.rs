//! First rule files: from a record of a catalogue of procedures, or an annotated example to begin with.
//!
//! What the record states is written; what it does not state, or states in a way that cannot be read exactly, becomes law that is
//! not known, with the words of the record. Nothing is made up.

mod file;
mod frame;
mod reading;
mod record;

pub use file::{procedure, template};
pub use frame::{calendar, instruments, pack, vocabularies};
pub use record::{Record, records};

/// A text as YAML writes it in double quotes.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A name of `lower_snake_case` for a Vietnamese one.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in thutuc::value::fold_diacritics(text).to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('_') => {}
            _ => slug.push('_'),
        }
    }
    let slug = slug.trim_end_matches('_');
    if slug.starts_with(|c: char| c.is_ascii_lowercase()) { slug.to_owned() } else { format!("field_{slug}").trim_end_matches('_').to_owned() }
}
