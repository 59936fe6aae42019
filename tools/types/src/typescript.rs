//! The declarations of TypeScript: interfaces as JSON has them. All is `readonly`: answers share what they say again.

use crate::model::{Member, Shape, Type, TypeDef};

const HEAD: &str = "\
// The types of core/src/wire. Generated: `make types`.
";

/// The text of a module that declares the types.
pub fn declarations(types: &[TypeDef]) -> String {
    let mut out = HEAD.to_owned();
    for TypeDef { name, doc, shape } in types {
        out.push('\n');
        comment(&mut out, "", doc);
        match shape {
            Shape::Record(all) => {
                out.push_str(&format!("export interface {name} {{\n"));
                members(&mut out, "  ", all);
                out.push_str("}\n");
            }
            Shape::Tagged(all, variants) => {
                out.push_str(&format!("export type {name} = {{\n"));
                members(&mut out, "  ", all);
                out.push_str("} & (\n");
                for variant in variants {
                    out.push_str("  | {\n");
                    members(&mut out, "      ", variant);
                    out.push_str("    }\n");
                }
                out.push_str(");\n");
            }
            Shape::Names(names) => {
                out.push_str(&format!("export type {name} ="));
                for (name, meaning) in names {
                    out.push('\n');
                    comment(&mut out, "  ", meaning);
                    out.push_str(&format!("  | '{name}'"));
                }
                out.push_str(";\n");
            }
            Shape::Alias(of) => out.push_str(&format!("export type {name} = {};\n", written(of))),
        }
    }
    out
}

fn members(out: &mut String, indent: &str, members: &[Member]) {
    for Member { name, doc, of, optional } in members {
        comment(out, indent, doc);
        let mark = if *optional { "?" } else { "" };
        out.push_str(&format!("{indent}readonly {name}{mark}: {};\n", written(of)));
    }
}

fn comment(out: &mut String, indent: &str, doc: &str) {
    if !doc.is_empty() {
        out.push_str(&format!("{indent}/** {} */\n", doc.replace("*/", "*\u{200b}/").replace('\n', &format!("\n{indent} * "))));
    }
}

fn written(of: &Type) -> String {
    match of {
        Type::Any => "unknown".to_owned(),
        Type::Null => "null".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Integer => "number".to_owned(),
        Type::Text => "string".to_owned(),
        Type::Literal(text) => format!("'{text}'"),
        Type::Named(name) => name.clone(),
        Type::List(item) => match &**item {
            Type::Union(_) | Type::List(_) => format!("readonly ({})[]", written(item)),
            item => format!("readonly {}[]", written(item)),
        },
        Type::Tuple(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Type::Map => "{ [name: string]: unknown }".to_owned(),
        Type::Union(all) => all.iter().map(written).collect::<Vec<_>>().join(" | "),
    }
}
