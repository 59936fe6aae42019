//! Writing the files of vectors: a line a member, and what stands in several answers once.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use super::file::{Answer, File, Vector};
use super::tree::{Tree, quoted};

/// What is shorter is written where it stands.
const SHORT: usize = 60;

/// Writes a file with the answers of its vectors.
pub fn write(folder: &Path, file: &File, answers: &[Answer], hash: &str) {
    let path = folder.join(format!("{}.json", file.name));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text(file, answers, hash)).unwrap();
}

/// The text of a file.
pub fn text(file: &File, answers: &[Answer], hash: &str) -> String {
    let trees: Vec<Tree> = answers.iter().map(|answer| Tree::read(answer.as_ref().unwrap_or_else(|refusal| refusal))).collect();
    let mut parts = Parts::default();
    trees.iter().for_each(|tree| parts.count(tree));
    parts.name("hash", &quoted(hash));
    let vectors: Vec<String> = file.vectors.iter().zip(answers).zip(&trees).map(|((vector, answer), tree)| {
        vector_text(vector, answer.is_ok(), &parts.shortened(tree)).replace(&quoted(hash), "\"@hash\"")
    }).collect();
    let parts: Vec<String> = parts.named.iter().map(|(name, part)| {
        let part = if name == "hash" { part.clone() } else { part.replace(&quoted(hash), "\"@hash\"") };
        format!("{}: {part}", quoted(name))
    }).collect();
    format!(
        "{{\n\"about\": {},\n\"pack\": {},\n\"parts\": {{\n{}\n}},\n\"vectors\": [\n{}\n]\n}}\n",
        quoted(&file.about),
        quoted(&file.pack),
        parts.join(",\n"),
        vectors.join(",\n")
    )
}

fn vector_text(vector: &Vector, gives: bool, answer: &str) -> String {
    let (kind, call) = vector.call();
    let mut members = vec![("id", quoted(&vector.id)), ("note", quoted(&vector.note))];
    if !vector.needs.is_empty() {
        members.push(("needs", serde_json::to_string(&vector.needs).unwrap()));
    }
    members.push((kind, call.to_owned()));
    members.extend(vector.must.as_ref().map(|must| ("must", must.get().to_owned())));
    members.push((if gives { "gives" } else { "refuses" }, answer.to_owned()));
    let members: Vec<String> = members.into_iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
    format!("{{{}}}", members.join(",\n "))
}

/// Records that stand in several places.
#[derive(Default)]
struct Parts {
    uses: HashMap<String, usize>,
    names: HashMap<String, String>,
    named: BTreeMap<String, String>,
}

impl Parts {
    fn count(&mut self, tree: &Tree) {
        match tree {
            Tree::Leaf(_) => {}
            Tree::List(items) => items.iter().for_each(|item| self.count(item)),
            Tree::Record(members) => {
                let uses = self.uses.entry(tree.to_string()).or_default();
                *uses += 1;
                // What stands in a part stands once.
                if *uses == 1 {
                    members.iter().for_each(|(_, member)| self.count(member));
                }
            }
        }
    }

    /// The text of a tree, its parts by name.
    fn shortened(&mut self, tree: &Tree) -> String {
        match tree {
            Tree::Leaf(leaf) => leaf.clone(),
            Tree::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.shortened(item)).collect();
                format!("[{}]", items.join(","))
            }
            Tree::Record(members) => {
                let whole = tree.to_string();
                if let Some(name) = self.names.get(&whole) {
                    return quoted(&format!("@{name}"));
                }
                let inner: Vec<String> = members.iter().map(|(name, member)| format!("{}:{}", quoted(name), self.shortened(member))).collect();
                let inner = format!("{{{}}}", inner.join(","));
                let often = self.uses.get(&whole).is_some_and(|uses| *uses > 1) && whole.len() >= SHORT;
                match called(tree).filter(|_| often) {
                    Some(called) => {
                        let name = self.free(&called);
                        self.named.insert(name.clone(), inner);
                        self.names.insert(whole, name.clone());
                        quoted(&format!("@{name}"))
                    }
                    None => inner,
                }
            }
        }
    }

    fn free(&self, called: &str) -> String {
        let mut names = std::iter::once(called.to_owned()).chain((2..).map(|number| format!("{called} {number}")));
        names.find(|name| !self.named.contains_key(name)).unwrap()
    }

    fn name(&mut self, name: &str, text: &str) {
        self.named.insert(name.to_owned(), text.to_owned());
    }
}

/// What a record may be called: by its id and status, the words of a citation, a day, a fact.
fn called(tree: &Tree) -> Option<String> {
    let text = |name| tree.member(name).and_then(Tree::text);
    let by_id = || Some([text("id")?, text("status").or_else(|| text("version")).unwrap_or_default()].join(" "));
    let name = by_id().or_else(|| text("text")).or_else(|| text("date")).or_else(|| text("fact"))?;
    let name = name.trim();
    (!name.contains(['"', '\\'])).then(|| name.to_owned())
}
