//! Every vector through the command line, a process each, several at a time.

#![cfg(test)]

#[path = "../../core/tests/vector/compare.rs"]
#[expect(dead_code, reason = "what is worked out by hand is held to by the core's own test")]
mod compare;
#[path = "../../core/tests/vector/file.rs"]
#[expect(dead_code, reason = "the core's own test needs more")]
mod file;
#[path = "../../core/tests/vector/tree.rs"]
mod tree;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;
use std::thread;

use compare::differences;
use file::{Answer, File, Vector};
use tree::Tree;

/// What a run of one vector came to.
enum Came {
    Equal,
    /// The command line has no way to make the call: what it lacks.
    Lacking(String),
    Differing(String),
}

#[test]
fn every_vector() {
    let files = File::all(&root().join("tests/vectors"), &|_| None);
    let vectors: Vec<(&File, &Vector)> = files.iter().flat_map(|file| file.vectors.iter().map(move |vector| (file, vector))).collect();
    let bundles = BTreeMap::from([("rules", bundle("rules", "rules")), ("edges", bundle("edges", "tests/vectors/pack"))]);
    let (next, came) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let worker = || {
        while let Some((file, vector)) = vectors.get(next.fetch_add(1, Ordering::Relaxed)) {
            let one = run(vector, &bundles[&*file.pack]);
            came.lock().unwrap().push((format!("{} {} ({})", file.name, vector.id, vector.note), one));
        }
    };
    thread::scope(|scope| (0..thread::available_parallelism().map_or(2, usize::from)).for_each(|_| drop(scope.spawn(worker))));
    let (mut equal, mut lacking, mut wrong) = (0, BTreeMap::<String, usize>::new(), Vec::new());
    for (name, came) in came.into_inner().unwrap() {
        match came {
            Came::Equal => equal += 1,
            Came::Lacking(what) => *lacking.entry(what).or_default() += 1,
            Came::Differing(how) => wrong.push(format!("{name}\n    {how}")),
        }
    }
    wrong.sort();
    assert!(wrong.is_empty(), "{} vectors differ\n\n{}", wrong.len(), wrong.join("\n"));
    assert!(equal >= 400, "only {equal} vectors");
    let lacking: Vec<String> = lacking.iter().map(|(what, count)| format!("{count} {what}")).collect();
    // Past the capture of output: this line is what a run is known by.
    writeln!(std::io::stderr(), "vectors: {equal} equal (cli), without a way to: {}", lacking.join(", ")).unwrap();
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn thutuc() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thutuc"));
    command.current_dir(root()).env("THUTUC_CACHE", "off");
    command
}

/// Writes the bundle of a folder of rule files.
fn bundle(name: &str, folder: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.bundle"));
    let written = thutuc().args(["bundle", "--rules", folder, "-o"]).arg(&path).output().unwrap();
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    path
}

fn run(vector: &Vector, bundle: &Path) -> Came {
    let (kind, call) = vector.call();
    let lacks = vector.needs.iter().find(|need| *need == "request-text");
    let (command, input, made) = match (kind, lacks) {
        (_, Some(lacks)) => return Came::Lacking(lacks.clone()),
        ("decide", _) => {
            let call = Tree::read(call);
            let text = |name: &str| call.member(name).and_then(Tree::text);
            if text("lang").is_some_and(|lang| lang != "vi" && lang != "en") {
                return Came::Lacking("other languages".to_owned());
            }
            let mut command = decide(bundle, text("lang"));
            command.args(["decide", &text("procedure").unwrap(), "--facts", "-", "--as-of", &text("asOf").unwrap()]);
            text("receivedAt").map(|received| command.args(["--received-at", &received]));
            text("jurisdiction").map(|jurisdiction| command.args(["--jurisdiction", &jurisdiction]));
            (command, call.member("facts").unwrap().to_string(), None)
        }
        ("steps", _) => {
            let call = Tree::read(call);
            let text = |name: &str| call.member(name).and_then(Tree::text);
            let mut command = decide(bundle, text("lang"));
            command.args(["steps", &text("procedure").unwrap(), "--facts", "-", "--as-of", &text("asOf").unwrap()]);
            text("receivedAt").map(|received| command.args(["--received-at", &received]));
            text("now").map(|now| command.args(["--now", &now]));
            text("jurisdiction").map(|jurisdiction| command.args(["--jurisdiction", &jurisdiction]));
            for cut in call.member("cuts").map(|cuts| serde_json::from_str::<Vec<serde_json::Value>>(&cuts.to_string()).unwrap()).unwrap_or_default() {
                let step = cut["step"].as_str().unwrap();
                command.arg("--cut").arg(cut["period"].as_str().map_or(step.to_owned(), |period| format!("{step}={period}")));
            }
            (command, call.member("facts").map_or("{}".to_owned(), ToString::to_string), None)
        }
        ("levels", _) => {
            let call = Tree::read(call);
            let text = |name: &str| call.member(name).and_then(Tree::text);
            let mut command = decide(bundle, text("lang"));
            command.args(["level", "--as-of", &text("asOf").unwrap()]);
            if let Some(procedure) = text("procedure") {
                command.args([&procedure, "--facts", "-"]);
            }
            text("jurisdiction").map(|jurisdiction| command.args(["--jurisdiction", &jurisdiction]));
            (command, call.member("facts").map_or("{}".to_owned(), ToString::to_string), None)
        }
        ("load", _) if vector.expected().is_some_and(|answer| answer.is_err()) => {
            let call = Tree::read(call);
            let made = altered(bundle, &call, &vector.id);
            let mut command = decide(&made, call.member("lang").and_then(Tree::text));
            command.arg("list");
            (command, String::new(), Some(made))
        }
        ("load", _) => return Came::Lacking("to say all of a pack".to_owned()),
        (other, _) => return Came::Lacking(other.to_owned()),
    };
    let answer = answer(command, &input);
    made.map(fs::remove_file).transpose().unwrap();
    match (&answer, vector.expected()) {
        (Ok(found), Some(Ok(expected))) | (Err(found), Some(Err(expected))) => match differences(&expected, found).as_slice() {
            [] => Came::Equal,
            lines => Came::Differing(lines.join("\n    ")),
        },
        (answer, expected) => Came::Differing(format!("expected {expected:?}\n    found    {answer:?}")),
    }
}

fn decide(bundle: &Path, lang: Option<String>) -> Command {
    let mut command = thutuc();
    command.arg("--bundle").arg(bundle).args(["--format", "json", "--lang", lang.as_deref().unwrap_or("vi")]);
    command
}

/// What the command line answers: a decision on stdout, with exit code 1 if facts do not fit; a problem document on stderr.
fn answer(mut command: Command, input: &str) -> Answer {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A refusal may come before the facts are read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    if out.is_empty() {
        assert!(matches!(status.code(), Some(1 | 2)), "{status}: {err}");
        return Err(err.trim_end_matches('\n').to_owned());
    }
    let unfit = out.contains("\"problems\":[{");
    assert_eq!((status.code(), &*err), (Some(i32::from(unfit)), ""), "{out}");
    Ok(out.trim_end_matches('\n').to_owned())
}

/// A bundle changed as a vector says.
fn altered(bundle: &Path, call: &Tree, id: &str) -> PathBuf {
    let numbers = |tree: &Tree| serde_json::from_str::<Vec<u8>>(&tree.to_string()).unwrap();
    let mut bytes = call.member("bytes").map_or_else(|| fs::read(bundle).unwrap(), numbers);
    if let Some(keep) = call.member("keep") {
        bytes.truncate(keep.to_string().parse().unwrap());
    }
    if let Some(set) = call.member("set") {
        let pairs: Vec<(usize, u8)> = serde_json::from_str(&set.to_string()).unwrap();
        pairs.into_iter().for_each(|(at, byte)| bytes[at] = byte);
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{id}.bundle"));
    fs::write(&path, bytes).unwrap();
    path
}
