//! Where an answer is not the expected one.

use super::tree::Tree;

/// The differences of two JSON texts, a line each; nothing if they are the same.
pub fn differences(expected: &str, found: &str) -> Vec<String> {
    let mut lines = Vec::new();
    walk("", &Tree::read(expected), &Tree::read(found), &mut lines);
    if lines.is_empty() && expected != found {
        lines.push(format!("the texts differ\n      expected {expected}\n      found    {found}"));
    }
    lines
}

fn walk(path: &str, expected: &Tree, found: &Tree, lines: &mut Vec<String>) {
    match (expected, found) {
        (Tree::List(wanted), Tree::List(items)) if wanted.len() == items.len() => {
            wanted.iter().zip(items).zip(0..).for_each(|((wanted, item), at)| walk(&format!("{path}[{at}]"), wanted, item, lines));
        }
        (Tree::Record(wanted), Tree::Record(members)) if wanted.iter().map(|one| &one.0).eq(members.iter().map(|one| &one.0)) => {
            wanted.iter().zip(members).for_each(|((name, wanted), (_, member))| walk(&format!("{path}.{name}"), wanted, member, lines));
        }
        (expected, found) if expected == found => {}
        (expected, found) => lines.push(format!("{}\n      expected {expected}\n      found    {found}", path.trim_start_matches('.'))),
    }
}

/// The parts that must be there by hand and are not, a line each.
pub fn broken(must: &str, answer: &str) -> Vec<String> {
    let answer = Tree::read(answer);
    let Tree::Record(wanted) = Tree::read(must) else { return vec![format!("`must` takes an object, {must} is none")] };
    let lines = wanted.iter().filter_map(|(path, wanted)| {
        let found = path.split('/').try_fold(&answer, part);
        (found != Some(wanted)).then(|| {
            let found = found.map_or_else(|| "no such part".to_owned(), Tree::to_string);
            format!("{path}\n      by hand  {wanted}\n      found    {found}")
        })
    });
    lines.collect()
}

/// A member, an item by its number from 0, or an item by its id, its fact or its day.
fn part<'t>(of: &'t Tree, name: &str) -> Option<&'t Tree> {
    let Tree::List(items) = of else { return of.member(name) };
    let named = |item: &&Tree| ["id", "fact", "date"].iter().any(|by| item.member(by).and_then(Tree::text).is_some_and(|text| text == name));
    name.parse::<usize>().ok().and_then(|at| items.get(at)).or_else(|| items.iter().find(named))
}
