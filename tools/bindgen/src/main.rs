//! `thutuc-bindgen IN.wasm OUT-DIR NAME [--names]` writes the JavaScript glue and the binary that goes with it; with the names of
//! its functions for who wants to know what is large in it.
//!
//! The glue of wasm-bindgen keeps one instance in variables of a module. Here it is written as a function that makes one, so
//! that every engine has memory of its own and a fault in one is answered with a new one. A panic is that fault: it traps, and
//! what it would have said is left out of the binary (`panics`).

mod panics;
mod reach;

use std::error::Error;
use std::fs;
use std::path::Path;

use reach::References;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (input, out, name, names) = match arguments.as_slice() {
        [input, out, name] => (input, out, name, false),
        [input, out, name, option] if option == "--names" => (input, out, name, true),
        _ => return Err("usage: thutuc-bindgen IN.wasm OUT-DIR NAME [--names]".into()),
    };
    let out = Path::new(out);
    fs::create_dir_all(out)?;
    let binary = fs::read(input)?;
    let mut module = walrus::ModuleConfig::new().generate_name_section(names).generate_producers_section(false).parse(&binary)?;
    panics::leave_without_words(&mut module, References::of(&binary)?.as_ref());
    let mut bindgen = Bindgen::new();
    let bindgen = bindgen.input_module(name, module).out_name(name).bundler(true)?.typescript(false).remove_name_section(!names).remove_producers_section(true);
    let scratch = out.join(format!(".{name}"));
    bindgen.generate(&scratch)?;
    let glue = fs::read_to_string(scratch.join(format!("{name}_bg.js")))?;
    fs::write(out.join(format!("{name}.glue.js")), as_function(&glue, name)?)?;
    fs::rename(scratch.join(format!("{name}_bg.wasm")), out.join(format!("{name}.wasm")))?;
    fs::remove_dir_all(&scratch)?;
    Ok(())
}

/// The text of a module as a function that returns what the module exports.
fn as_function(module: &str, name: &str) -> Result<String, Box<dyn Error>> {
    let mut exported = Vec::new();
    let mut body = String::new();
    let mut in_comment = false;
    for line in module.lines() {
        in_comment |= line.trim_start().starts_with("/**");
        if in_comment {
            in_comment = !line.trim_end().ends_with("*/");
            continue;
        }
        let line = match line.strip_prefix("export ") {
            Some(rest) if rest.starts_with("function ") || rest.starts_with("class ") => {
                exported.extend(rest.split([' ', '(', '{']).nth(1).map(str::to_owned));
                rest
            }
            Some(rest) if rest.starts_with("const ") => {
                exported.extend(rest.split([' ', '=']).nth(1).map(str::to_owned));
                rest
            }
            Some(rest) if rest.starts_with("{ ") => {
                exported.extend(rest.split(['{', '}', ',']).map(str::trim).filter(|part| !part.is_empty() && *part != ";").map(str::to_owned));
                continue;
            }
            Some(other) => return Err(format!("the glue exports something new: {other}").into()),
            None => line,
        };
        if line.starts_with("import ") {
            return Err(format!("the glue imports something: {line}").into());
        }
        body.push_str(line);
        body.push('\n');
    }
    if exported.iter().any(|part| part.contains(" as ")) {
        return Err("the glue exports under other names".into());
    }
    Ok(format!(
        "// Written by thutuc-bindgen; do not edit.\n/** The name the binary imports this glue by. */\nexport const from = './{name}_bg.js';\nexport function glue() {{\n{body}return {{ {} }};\n}}\n",
        exported.join(", ")
    ))
}
