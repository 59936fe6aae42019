//! The declarations of Python, where the package's classes are not JSON: names in snake_case, days as `date`, exact text as
//! `Decimal`, lists as tuples.

use crate::model::{Member, Shape, Type, TypeDef};
use crate::named;

/// What stands above the generated part of the stub; the rest of the file is written by hand.
const MARK: &str = "# The rest is generated from core/src/wire: `make types`.\n";

const HEAD: &str = "\
\"\"\"Names and dicts of `thutuc`. Generated from core/src/wire: `make types`.\"\"\"

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias, TypedDict

from ._thutuc import FactProblem
";

/// Classes of the extension, in the order of the stub.
const CLASSES: [&str; 23] = [
    "Decision", "PackRef", "Citation", "KnownFact", "Eligibility", "Identity", "Condition", "Copies", "Document", "Alternative", "Fees", "Fee",
    "Calculation", "Reduction", "Deadline", "Skipped", "Pause", "LinkedStep", "MissingFact", "FactProblem", "LawGap", "Procedure",
    "Fact",
];

/// Dicts that calls return as they are in JSON, each after those it names.
const AS_JSON: [&str; 8] = ["WorkingTime", "Step", "Apology", "Saving", "StepPlan", "LevelReason", "Undeclared", "ServiceLevel"];

/// What a decision can do besides being read.
const OF_DECISION: &str = "    def to_json(self) -> str: ...
    @staticmethod
    def from_json(json: str, lang: Lang | None = None) -> Decision: ...
    def to_dict(self) -> dict[str, Any]: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
";

/// The module of names that are one of several texts, and of dicts that calls return.
pub fn names(types: &[TypeDef]) -> String {
    let mut out = HEAD.to_owned();
    for TypeDef { name, doc, shape } in types {
        if let Shape::Names(names) = shape {
            let texts: Vec<String> = names.iter().map(|(text, _)| format!("\"{text}\"")).collect();
            out.push_str(&format!("\n{name}: TypeAlias = Literal[{}]\n{}", texts.join(", "), docstring("", doc)));
        }
    }
    if let Some(kinds) = named(types, "Fact").and_then(kinds) {
        out.push_str(&format!("\nFactType: TypeAlias = Literal[{}]\n{}", kinds.join(", "), docstring("", "The types of facts.")));
    }
    if let Some(TypeDef { doc, shape: Shape::Record(members), .. }) = named(types, "Verdict") {
        let (always, sometimes): (Vec<&Member>, Vec<&Member>) = members.iter().partition(|member| !member.optional);
        dict(&mut out, "_Verdict", "TypedDict", "", &always, Spelling::Python);
        dict(&mut out, "Verdict", "_Verdict, total=False", doc, &sometimes, Spelling::Python);
        let all: Vec<&Member> = members.iter().collect();
        dict(&mut out, "VerdictChanges", "TypedDict, total=False", "The members of a verdict that changed.", &all, Spelling::Python);
    }
    let as_json = AS_JSON.iter().map(|name| (*name, *name));
    let of_reports = types.iter().filter(|one| one.name.starts_with("Assessment")).map(|one| (one.name.as_str(), one.name.as_str()));
    let dicts = [
        ("CitationDocument", "Citation"),
        ("PackRefDocument", "PackRef"),
        ("FactProblemDocument", "FactProblem"),
        ("ProblemDocument", "ProblemDocument"),
        ("ResultColumn", "ResultColumn"),
        ("ResultTableDocument", "ResultTable"),
        ("ComparisonDocument", "Comparison"),
    ];
    for (name, of) in dicts.into_iter().chain(as_json).chain(of_reports) {
        if let Some(TypeDef { doc, shape: Shape::Record(members), .. }) = named(types, of) {
            let (always, sometimes): (Vec<&Member>, Vec<&Member>) = members.iter().partition(|member| !member.optional);
            if sometimes.is_empty() {
                dict(&mut out, name, "TypedDict", doc, &always, Spelling::Json);
            } else {
                dict(&mut out, &format!("_{name}"), "TypedDict", "", &always, Spelling::Json);
                dict(&mut out, name, &format!("_{name}, total=False"), doc, &sometimes, Spelling::Json);
            }
        }
    }
    out
}

/// The stub with its generated part anew.
pub fn stub(by_hand: &str, types: &[TypeDef]) -> String {
    let above = by_hand.split(MARK).next().unwrap_or_default();
    let mut out = format!("{above}{MARK}");
    for name in CLASSES {
        let Some(TypeDef { doc, shape, .. }) = named(types, name) else { unreachable!("no host type `{name}`") };
        out.push_str(&format!("\n@final\nclass {name}:\n{}", docstring("    ", doc)));
        if name != "Decision" {
            out.push_str("    __match_args__: ClassVar[tuple[str, ...]]\n");
        }
        for (member, of, doc) in properties(shape) {
            out.push_str(&format!("    @property\n    def {member}(self) -> {of}:\n{}", docstring("        ", &doc)));
        }
        out.push_str(if name == "Decision" { OF_DECISION } else { "    def __eq__(self, other: object, /) -> bool: ...\n" });
    }
    out
}

/// The members of a class with their types. What belongs to some variants only is None in the others.
fn properties(shape: &Shape) -> Vec<(String, String, String)> {
    let one = |member: &Member| {
        // A list that is not written is an empty tuple.
        let is_list = matches!(member.of, Type::List(_));
        let of = if member.optional && !is_list { Type::Union(vec![member.of.clone(), Type::Null]) } else { member.of.clone() };
        (attribute(&member.name), written(&of, Spelling::Python), member.doc.clone())
    };
    match shape {
        Shape::Record(members) => members.iter().map(one).collect(),
        Shape::Tagged(members, variants) => {
            let mut all: Vec<_> = members.iter().map(one).collect();
            all.insert(1, ("type_".to_owned(), "FactType".to_owned(), "Its type.".to_owned()));
            for member in variants.iter().flatten().filter(|member| member.name != "type") {
                let (name, of, doc) = one(member);
                let of = of.trim_end_matches(" | None").to_owned();
                match all.iter_mut().find(|(known, ..)| *known == name) {
                    Some((_, known, _)) if known.split(" | ").any(|one| one == of) => {}
                    Some((_, known, _)) => *known = format!("{of} | {known}"),
                    None => all.push((name, format!("{of} | None"), doc)),
                }
            }
            all
        }
        Shape::Names(_) | Shape::Alias(_) => Vec::new(),
    }
}

/// The tags of a type's variants.
fn kinds(of: &TypeDef) -> Option<Vec<String>> {
    let Shape::Tagged(_, variants) = &of.shape else { return None };
    let tags = variants.iter().flatten().filter(|member| member.name == "type");
    Some(tags.map(|member| if let Type::Literal(text) = &member.of { format!("\"{text}\"") } else { String::new() }).collect())
}

/// How the members of a dict are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// Names in snake_case, objects of Python.
    Python,
    /// As in JSON.
    Json,
}

fn dict(out: &mut String, name: &str, bases: &str, doc: &str, members: &[&Member], spelling: Spelling) {
    out.push_str(&format!("\n\nclass {name}({bases}):\n"));
    if !doc.is_empty() {
        out.push_str(&format!("{}\n", docstring("    ", doc)));
    }
    for member in members {
        let key = if spelling == Spelling::Python { attribute(&member.name) } else { member.name.clone() };
        // A verdict is a dict of lists, a decision an object of tuples.
        let of = match (&member.of, spelling) {
            (Type::List(item), Spelling::Json) if **item == Type::Named("FactProblem".to_owned()) => "list[FactProblemDocument]".to_owned(),
            (Type::List(item), _) => format!("list[{}]", written(item, spelling)),
            (of, _) => written(of, spelling),
        };
        out.push_str(&format!("    {key}: {of}\n{}", docstring("    ", &member.doc)));
    }
}

/// A name of JSON in Python: snake_case, and another where it is a keyword or a builtin.
fn attribute(name: &str) -> String {
    match name {
        "from" => return "first_day".to_owned(),
        "until" => return "last_day".to_owned(),
        "type" => return "type_".to_owned(),
        _ => {}
    }
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

fn written(of: &Type, spelling: Spelling) -> String {
    match of {
        Type::Any => "object".to_owned(),
        Type::Null => "None".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Integer => "int".to_owned(),
        Type::Text => "str".to_owned(),
        Type::Literal(text) => format!("Literal[\"{text}\"]"),
        Type::Named(name) => match (name.as_str(), spelling) {
            ("Day" | "Exact" | "LocalDateTime", Spelling::Json) => "str",
            // Classes of the extension have these names.
            ("Citation", Spelling::Json) => "CitationDocument",
            ("PackRef", Spelling::Json) => "PackRefDocument",
            ("ResultTable", Spelling::Json) => "ResultTableDocument",
            ("Cell", Spelling::Json) => "str | int | None",
            ("KnownFact", Spelling::Json) => "dict[str, object]",
            ("Day", _) => "datetime.date",
            ("Exact", _) => "Decimal",
            ("LocalDateTime", _) => "datetime.datetime",
            ("Told", _) => "FactValue",
            (name, _) => name,
        }.to_owned(),
        Type::List(item) if spelling == Spelling::Json => format!("list[{}]", written(item, spelling)),
        Type::List(item) => format!("tuple[{}, ...]", written(item, spelling)),
        Type::Tuple(items) => format!("tuple[{}]", items.iter().map(|item| written(item, spelling)).collect::<Vec<_>>().join(", ")),
        Type::Map => "dict[str, object]".to_owned(),
        Type::Union(all) => all.iter().map(|one| written(one, spelling)).collect::<Vec<_>>().join(" | "),
    }
}

fn docstring(indent: &str, doc: &str) -> String {
    if doc.is_empty() { String::new() } else { format!("{indent}\"\"\"{}\"\"\"\n", doc.replace('\n', &format!("\n{indent}"))) }
}
