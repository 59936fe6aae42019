//! Procedures by code, or by what somebody took for one.

use thutuc::compile::{CompiledPack, Program};
use thutuc::diagnostics::nearest;
use thutuc::value::fold_diacritics;

use crate::failure::Failure;
use crate::page::tell;

/// The program of a procedure.
///
/// A jurisdiction that changes nothing is told on stderr: it may be a slip of the pen.
pub fn program<'p>(pack: &'p CompiledPack, code: &str, jurisdiction: Option<&str>) -> Result<&'p Program, Failure> {
    if let Some(place) = jurisdiction.filter(|place| !pack.jurisdictions().contains(place)) {
        let near = nearest(place, pack.jurisdictions()).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        tell(&format!("warning: nothing in this pack is of the jurisdiction `{place}`{near}\n"));
    }
    pack.program(code, jurisdiction).ok_or_else(|| Failure::Usage(unknown(pack, code)))
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
    let found: Vec<&Program> =
        everywhere(pack).filter(|program| near.map_or_else(|| matches(program, &code.replace(['-', '_'], " ")), |near| *program.code == *near)).collect();
    if found.is_empty() {
        return message + "; `thutuc list` shows those it has";
    }
    message.push_str("; did you mean");
    for program in found {
        message.push_str(&format!("\n  {}  {}", program.code, program.about.name.vi));
    }
    message
}
