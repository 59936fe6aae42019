//! A module of JavaScript that packs the facts of one procedure: what `packing.js` builds from the published layout at run
//! time, written out. Verdicts are unpacked by `packing.js`, which knows most of them already.
//!
//! Facts that are told in another shape (a name that is not known, dotted names among nested ones) are left to `packing.js`:
//! the module says so by `null`.

use std::fmt::Write as _;

use thutuc::compile::{CompiledPack, Program};
use thutuc::wire::{FactKind, FactLayout, ProgramLayout, layout};

/// A set of more codes than this is told as JSON: JavaScript's bit operations have 32 bits, one is the sign.
const BITS: usize = 31;
/// So many codes are found faster by comparing than by hashing.
const COMPARED: usize = 8;
/// Members that every object has: facts of such names are left to `packing.js`.
const OF_EVERY_OBJECT: [&str; 12] = [
    "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__", "constructor", "hasOwnProperty", "isPrototypeOf",
    "propertyIsEnumerable", "toLocaleString", "toString", "valueOf",
];

/// The text of the module.
pub fn module(pack: &CompiledPack, program: &Program) -> String {
    let layout = layout(program);
    let of = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let place = program.jurisdiction.as_deref();
    let mut out = format!(
        "// {}{}, pack {} {}. Written by `thutuc codec`; `engine.use(codec)` takes it.\n",
        program.code,
        place.map(|id| format!(" ({id})")).unwrap_or_default(),
        pack.id,
        pack.version
    );
    let grouped = layout.facts.iter().any(|fact| fact.name.contains('.'));
    out.push_str("\nexport default function codec({ dayOf, tell }) {\n");
    out.push_str(if grouped { "  let flat = false;\n" } else { "" });
    let _ = writeln!(
        out,
        "  return {{ procedure: {}, jurisdiction: {}, hash: {}, pack }};",
        of(&layout.procedure),
        place.map_or_else(|| "undefined".to_owned(), of),
        of(&pack.hash)
    );
    if grouped {
        out.push_str(EITHER);
        packing(&mut out, "nested", &layout, true);
        packing(&mut out, "dotted", &layout, false);
    } else {
        packing(&mut out, "pack", &layout, true);
    }
    out.push_str(ALSO);
    out.push_str("}\n");
    layout.facts.iter().for_each(|fact| codes(&mut out, fact));
    if layout.facts.iter().any(|fact| fact.kind == FactKind::Set && fact.codes.len() <= BITS) {
        out.push_str(MASK_OF);
    }
    if grouped {
        out.push_str(PLAIN);
    }
    out
}

/// A member of the facts' object.
enum Member<'l, 'p> {
    /// A fact.
    Fact(&'l FactLayout<'p>),
    /// An object of more.
    Group(Vec<(&'l str, Member<'l, 'p>)>),
}

/// The members of the facts' object: nested by the parts of their names, or all at the top.
fn tree<'l, 'p>(facts: &'l [FactLayout<'p>], nested: bool) -> Vec<(&'l str, Member<'l, 'p>)> {
    let mut top = Vec::new();
    for fact in facts.iter().filter(|fact| is_read(fact)) {
        insert(&mut top, &fact.name, fact, nested);
    }
    top
}

fn is_read(fact: &FactLayout<'_>) -> bool {
    !fact.name.split('.').any(|part| OF_EVERY_OBJECT.contains(&part))
}

fn insert<'l, 'p>(group: &mut Vec<(&'l str, Member<'l, 'p>)>, name: &'l str, fact: &'l FactLayout<'p>, nested: bool) {
    let Some((head, rest)) = name.split_once('.').filter(|_| nested) else { return group.push((name, Member::Fact(fact))) };
    match group.iter_mut().find(|(known, _)| *known == head) {
        Some((_, Member::Group(inner))) => insert(inner, rest, fact, nested),
        // The head is a fact itself: this one is told by its dotted name.
        Some((_, Member::Fact(_))) => group.push((name, Member::Fact(fact))),
        None => {
            let mut inner = Vec::new();
            insert(&mut inner, rest, fact, nested);
            group.push((head, Member::Group(inner)));
        }
    }
}

const EITHER: &str = "
  function pack(facts, states, numbers) {
    const packed = flat ? dotted(facts, states, numbers) : nested(facts, states, numbers);
    if (packed !== null) return packed;
    flat = !flat;
    return flat ? dotted(facts, states, numbers) : nested(facts, states, numbers);
  }
";

const ALSO: &str = "
  function also(rest, name, value) {
    const one = `${JSON.stringify(name)}:${tell(value)}`;
    return rest === '' ? one : `${rest},${one}`;
  }
";

/// A function that writes the facts to the slots. It returns the JSON of what is wide, nothing if all fitted, and null if a
/// member is told that it does not read.
fn packing(out: &mut String, name: &str, layout: &ProgramLayout<'_>, nested: bool) {
    let _ = write!(out, "\n  function {name}(facts, states, numbers) {{\n    let rest = '';\n    let value;\n");
    for fact in layout.facts.iter().filter(|fact| !is_read(fact)) {
        let _ = writeln!(out, "    states[{}] = 0;", fact.slot);
    }
    let mut groups = 0;
    object(out, "facts", &tree(&layout.facts, nested), "    ", &mut groups);
    out.push_str("    return rest === '' ? undefined : `{${rest}}`;\n  }\n");
}

fn object(out: &mut String, from: &str, members: &[(&str, Member<'_, '_>)], indent: &str, groups: &mut usize) {
    let at = *groups;
    let _ = writeln!(out, "{indent}let told{at} = 0;");
    for (name, member) in members {
        match member {
            Member::Fact(fact) => {
                let _ = writeln!(out, "{indent}value = {from}{};", access(name));
                slot(out, fact, at, indent);
            }
            Member::Group(inner) => {
                *groups += 1;
                let group = format!("group{groups}");
                let deeper = format!("{indent}  ");
                let _ = writeln!(out, "{indent}const {group} = {from}{};", access(name));
                let _ = writeln!(out, "{indent}if ({group} === undefined) {{");
                missing(out, inner, &deeper);
                let _ = writeln!(out, "{indent}}} else {{\n{deeper}if (!plain({group})) return null;\n{deeper}told{at} += 1;");
                object(out, &group, inner, &deeper, groups);
                let _ = writeln!(out, "{indent}}}");
            }
        }
    }
    let _ = writeln!(out, "{indent}for (const _ in {from}) told{at} -= 1;\n{indent}if (told{at} !== 0) return null;");
}

fn missing(out: &mut String, members: &[(&str, Member<'_, '_>)], indent: &str) {
    for (_, member) in members {
        match member {
            Member::Fact(fact) => {
                let _ = writeln!(out, "{indent}states[{}] = 0;", fact.slot);
            }
            Member::Group(inner) => missing(out, inner, indent),
        }
    }
}

/// Writes `value` to the slot of a fact.
fn slot(out: &mut String, fact: &FactLayout<'_>, told: usize, indent: &str) {
    let slot = fact.slot;
    let _ = writeln!(out, "{indent}if (value === undefined) states[{slot}] = 0;\n{indent}else {{\n{indent}  told{told} += 1;");
    let narrow = |test: &str, number: &str| {
        format!("{indent}  if ({test}) {{\n{indent}    numbers[{slot}] = {number};\n{indent}    states[{slot}] = 2;\n{indent}  }} else ")
    };
    let wide = format!(
        "{{\n{indent}    states[{slot}] = 3;\n{indent}    rest = also(rest, {}, value);\n{indent}  }}\n",
        serde_json::to_string(&fact.name).unwrap_or_default()
    );
    let null = format!("if (value === null) states[{slot}] = 1;\n{indent}  else ");
    match fact.kind {
        FactKind::Boolean => out.push_str(&narrow("value === true || value === false", "value ? 1 : 0")),
        FactKind::Number => {
            let (scaled, back) = match fact.scale {
                0 => ("Math.round(value)".to_owned(), "scaled".to_owned()),
                scale => (format!("Math.round(value * 1e{scale})"), format!("scaled / 1e{scale}")),
            };
            let _ = writeln!(out, "{indent}  const scaled = typeof value === 'number' ? {scaled} : NaN;");
            out.push_str(&narrow(&format!("{back} === value && scaled <= 1e15 && scaled >= -1e15"), "scaled"));
        }
        FactKind::Enum => {
            let _ = writeln!(out, "{indent}  const code = code{slot}(value);");
            out.push_str(&narrow("code >= 0", "code"));
        }
        FactKind::Set if fact.codes.len() <= BITS => {
            let _ = writeln!(out, "{indent}  const mask = Array.isArray(value) ? maskOf(value, code{slot}) : -1;");
            out.push_str(&narrow("mask >= 0", "mask"));
        }
        FactKind::Date => {
            let _ = writeln!(out, "{indent}  const day = dayOf(value);");
            out.push_str(&narrow("day === day", "day"));
        }
        FactKind::Set | FactKind::Wide => {
            let _ = write!(out, "{indent}  ");
        }
    }
    let _ = writeln!(out, "{null}{wide}{indent}}}");
}

/// How a member is read.
fn access(name: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if name.chars().all(plain) && !name.starts_with(|letter: char| letter.is_ascii_digit()) {
        format!(".{name}")
    } else {
        format!("[{}]", serde_json::to_string(name).unwrap_or_default())
    }
}

/// A function from the codes of a fact to their positions; -1 for anything else.
fn codes(out: &mut String, fact: &FactLayout<'_>) {
    let slot = fact.slot;
    let entries = || fact.codes.iter().enumerate().map(|(at, code)| (at, serde_json::to_string(code).unwrap_or_default()));
    let few = fact.codes.len() <= COMPARED;
    match fact.kind {
        FactKind::Set if fact.codes.len() > BITS => {}
        FactKind::Enum | FactKind::Set if few => {
            let cases: String = entries().map(|(at, code)| format!("    case {code}: return {at};\n")).collect();
            let _ = write!(out, "\nfunction code{slot}(value) {{\n  switch (value) {{\n{cases}    default: return -1;\n  }}\n}}\n");
        }
        FactKind::Enum | FactKind::Set => {
            let pairs: String = entries().map(|(at, code)| format!("  [{code}, {at}],\n")).collect();
            let _ = write!(out, "\nconst codes{slot} = new Map([\n{pairs}]);\n\nfunction code{slot}(value) {{\n  return codes{slot}.get(value) ?? -1;\n}}\n");
        }
        _ => {}
    }
}

const MASK_OF: &str = "
function maskOf(items, code) {
  let mask = 0;
  for (let at = 0; at < items.length; at += 1) {
    const bit = code(items[at]);
    if (bit < 0 || (mask >>> bit) & 1) return -1;
    mask |= 1 << bit;
  }
  return mask;
}
";

const PLAIN: &str = "
function plain(value) {
  if (typeof value !== 'object' || value === null) return false;
  const proto = Object.getPrototypeOf(value);
  return proto === Object.prototype || proto === null;
}
";
