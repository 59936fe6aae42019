//! x
use thutuc::source::*;
fn walk(dir: &std::path::Path, out: &mut Vec<std::path::PathBuf>) { let mut v: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect(); v.sort(); for p in v { if p.is_dir() { walk(&p, out) } else if p.extension().is_some_and(|e| e=="yaml") { out.push(p) } } }
fn main() {
    let dir = std::env::args().nth(1).unwrap_or("rules".into());
    let mut files = vec![]; walk(std::path::Path::new(&dir), &mut files);
    let mut map = SourceMap::default();
    for f in files { map.add(Source::new(f.display().to_string(), std::fs::read_to_string(&f).unwrap())); }
    let t = std::time::Instant::now();
    let built = thutuc::compile::build(&map, &[]);
    eprintln!("{:?}", t.elapsed());
    for d in &built.diagnostics { println!("{}", thutuc::diagnostics::render(d, &map)); }
    println!("{} diagnostics; compiled {}", built.diagnostics.len(), built.compiled.is_some());
    let Some(c) = built.compiled else { return };
    let (mut ok, mut bad) = (0, 0);
    for f in &built.pack.cases { for case in &f.cases { match thutuc::wire::run_case(&c, f, case) { Ok(r) if r.mismatches.is_empty() => ok += 1, Ok(r) => { bad += 1; println!("{} {}", f.procedure.value, case.id.value); for m in r.mismatches { println!("   {} expected {} got {}", m.path, m.expected, m.actual); } } Err(e) => { bad += 1; println!("{} {}: {e}", f.procedure.value, case.id.value) } } } }
    println!("{ok} ok {bad} bad");
    if let Some(r) = std::env::args().nth(2) { println!("{}", thutuc::wire::decide_json(&c, &r).unwrap_or_else(|e| e.to_string())); }
}
