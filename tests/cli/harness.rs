//! Runs the command line and writes down what came of it.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a run left.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
    line: String,
}

impl Run {
    /// Everything, for a snapshot.
    pub fn shown(&self) -> String {
        let mut text = format!("$ {}\n[exit {}]\n{}", self.line, self.code, self.out);
        if !self.err.is_empty() {
            let _ = write!(text, "[stderr]\n{}", self.err);
        }
        text
    }
}

/// Where the tests and the example pack are.
pub fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli")
}

/// Runs `thutuc` on the example pack; `line` is split at blanks, `'…'` kept together.
pub fn thutuc(line: &str) -> Run {
    with_input(line, "")
}

/// As [`thutuc`], with something on stdin.
pub fn with_input(line: &str, input: &str) -> Run {
    run(&here(), line, &format!("--rules pack {line}"), input)
}

/// As [`thutuc`], in another folder and without naming a pack.
pub fn within(folder: &Path, line: &str) -> Run {
    run(folder, line, line, "")
}

/// As [`within`], with packs kept in a folder, or `off`.
pub fn keeping(cache: &Path, folder: &Path, line: &str) -> Run {
    run_with(cache, folder, line, line, "")
}

fn run(folder: &Path, line: &str, args: &str, input: &str) -> Run {
    run_with(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"), folder, line, args, input)
}

fn run_with(cache: &Path, folder: &Path, line: &str, args: &str, input: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_thutuc"))
        .args(words(args))
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env("THUTUC_CACHE", cache)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The verb may end without reading its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: status.code().unwrap(), out: text(stdout), err: text(stderr), line: format!("thutuc {line}") }
}

fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A folder of its own for a test, gone when it ends.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A copy of the example pack with texts replaced in a file.
    pub fn with_pack(name: &str, file: &str, changes: &[(&str, &str)]) -> Folder {
        let folder = Folder::empty(name);
        copy(&here().join("pack"), &folder.0.join("pack"));
        let path = folder.0.join("pack").join(file);
        let mut text = fs::read_to_string(&path).unwrap();
        for (old, new) in changes {
            assert!(text.contains(old), "{file} has no {old}");
            text = text.replacen(old, new, 1);
        }
        fs::write(path, text).unwrap();
        folder
    }

    /// An empty folder.
    pub fn empty(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("thutuc-cli-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
