//! Reading the files of vectors.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::tree::{Members, quoted};

/// A file of vectors about one aspect.
pub struct File {
    /// Where it stands under the folder of vectors, without its ending.
    pub name: String,
    /// What it is about.
    pub about: String,
    /// The pack that answers: `rules`, `edges`.
    pub pack: String,
    /// The vectors.
    pub vectors: Vec<Vector>,
}

/// A call and its whole answer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// Unique in its file.
    pub id: String,
    /// What it shows, and why the answer must be so.
    pub note: String,
    /// What a host must have to be able to make the call.
    #[serde(default)]
    pub needs: Vec<String>,
    decide: Option<Box<RawValue>>,
    verdict: Option<Box<RawValue>>,
    check: Option<Box<RawValue>>,
    session: Option<Box<RawValue>>,
    enforce: Option<Box<RawValue>>,
    promise: Option<Box<RawValue>>,
    steps: Option<Box<RawValue>>,
    levels: Option<Box<RawValue>>,
    load: Option<Box<RawValue>>,
    /// Parts of the answer that were worked out by hand, by their paths.
    #[serde(default)]
    pub must: Option<Box<RawValue>>,
    gives: Option<Box<RawValue>>,
    refuses: Option<Box<RawValue>>,
}

/// What a host answers: JSON text, or the JSON text of a problem document.
pub type Answer = Result<String, String>;

impl Vector {
    /// A vector of a call that gives or refuses.
    pub fn new(id: String, note: String, kind: &str, call: &str) -> Vector {
        let raw = |json: &str| RawValue::from_string(json.to_owned()).unwrap();
        let of = |name| (kind == name).then(|| raw(call));
        Vector {
            id,
            note,
            needs: Vec::new(),
            decide: of("decide"),
            verdict: of("verdict"),
            check: of("check"),
            session: of("session"),
            enforce: of("enforce"),
            promise: of("promise"),
            steps: of("steps"),
            levels: of("levels"),
            load: of("load"),
            must: None,
            gives: None,
            refuses: None,
        }
    }

    /// The call: its kind and its JSON text.
    #[track_caller]
    pub fn call(&self) -> (&'static str, &str) {
        let calls = [
            ("decide", &self.decide),
            ("verdict", &self.verdict),
            ("check", &self.check),
            ("session", &self.session),
            ("enforce", &self.enforce),
            ("promise", &self.promise),
            ("steps", &self.steps),
            ("levels", &self.levels),
            ("load", &self.load),
        ];
        let mut made = calls.into_iter().filter_map(|(kind, call)| Some((kind, call.as_ref()?.get())));
        let Some(call) = made.next() else { panic!("{}: there is no call", self.id) };
        assert!(made.next().is_none(), "{}: there is more than one call", self.id);
        call
    }

    /// The answer that is expected, if one is written yet.
    pub fn expected(&self) -> Option<Answer> {
        let gives = self.gives.as_ref().map(|json| Ok(json.get().to_owned()));
        gives.or_else(|| self.refuses.as_ref().map(|json| Err(json.get().to_owned())))
    }
}

impl File {
    /// All files, in order of their names. Calls name the hash of their pack; `hash` gives another than the file has.
    pub fn all(folder: &Path, hash: &dyn Fn(&str) -> Option<String>) -> Vec<File> {
        let mut names = Vec::new();
        for part in ["cases", "edges"] {
            let entries = fs::read_dir(folder.join(part)).into_iter().flatten().map(|entry| entry.unwrap().path());
            let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
            names.extend(files.map(|path| format!("{part}/{}", path.file_stem().unwrap().to_string_lossy())));
        }
        names.sort();
        names.into_iter().map(|name| File::read(folder, name, hash)).collect()
    }

    fn read(folder: &Path, name: String, hash: &dyn Fn(&str) -> Option<String>) -> File {
        let path = folder.join(format!("{name}.json"));
        let text = fs::read_to_string(&path).unwrap();
        let told = |error: serde_json::Error| -> ! { panic!("{}: {error}", path.display()) };
        let Members(members) = serde_json::from_str(&text).unwrap_or_else(|error| told(error));
        let mut members: BTreeMap<String, Box<RawValue>> = members.into_iter().collect();
        let vectors = members.remove("vectors").unwrap();
        let parts = members.remove("parts").map(|parts| serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(parts.get()).unwrap());
        let about: String = serde_json::from_str(members["about"].get()).unwrap();
        let pack: String = serde_json::from_str(members["pack"].get()).unwrap();
        let mut parts = parts.unwrap_or_default();
        if let Some(hash) = hash(&pack) {
            parts.insert("hash".to_owned(), RawValue::from_string(quoted(&hash)).unwrap());
        }
        let whole = expanded(vectors.get(), &parts);
        let vectors = serde_json::from_str(&whole).unwrap_or_else(|error| told(error));
        File { name, about, pack, vectors }
    }
}

/// The text with the parts in place of their names: `"@name"`.
fn expanded(text: &str, parts: &BTreeMap<String, Box<RawValue>>) -> String {
    let mut pieces = text.split("\"@");
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let part = piece.split_once('"').and_then(|(name, rest)| Some((parts.get(name)?, rest)));
        match part {
            Some((part, rest)) => whole += &(expanded(part.get(), parts) + rest),
            None => whole += &format!("\"@{piece}"),
        }
    }
    whole
}
