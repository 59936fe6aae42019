//! Procedures by code, or by what somebody took for one.

use thutuc::compile::{CompiledPack, Program};
use thutuc::diagnostics::nearest;
use thutuc::value::fold_diacritics;
use thutuc::wire::{self, RequestError};

use crate::failure::Failure;

/// The program of a procedure.
pub fn program<'p>(pack: &'p CompiledPack, code: &str, jurisdiction: Option<&str>) -> Result<&'p Program, Failure> {
    wire::program(pack, code, jurisdiction).map_err(|error| {
        let message = match &error {
            RequestError::UnknownProcedure { .. } => unknown(pack, code),
            RequestError::UnknownJurisdiction { given, known } => {
                let near = nearest(given, known.iter().map(String::as_str)).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                format!("{error}{near}")
            }
            _ => error.to_string(),
        };
        Failure::request(error, message)
    })
}

/// The programs that apply everywhere, one a procedure.
pub fn everywhere(pack: &CompiledPack) -> impl Iterator<Item = &Program> {
    pack.programs.iter().filter(|program| program.jurisdiction.is_none())
}

/// Whether a procedure's code or name holds every word of a text, diacritics aside.
pub fn matches(program: &Program, text: &str) -> bool {
    let about = &program.about;
    let hay = format!("{} {} {} {}", program.code, fold_diacritics(&about.name.vi), fold_diacritics(&about.name.en), about.field);
    fold_diacritics(text).split_whitespace().all(|word| hay.contains(word))
}

fn unknown(pack: &CompiledPack, code: &str) -> String {
    let mut message = format!("the pack has no procedure `{code}`");
    let near = nearest(code, everywhere(pack).map(|program| &*program.code));
    let wanted = |program: &&Program| match near {
        Some(near) => *program.code == *near,
        None => matches(program, &code.replace(['-', '_'], " ")),
    };
    let found: Vec<&Program> = everywhere(pack).filter(wanted).collect();
    if found.is_empty() {
        return message + "; `thutuc list` shows those it has";
    }
    message.push_str("; did you mean");
    for program in found {
        message.push_str(&format!("\n  {}  {}", program.code, program.about.name.vi));
    }
    message
}
