//! Compiled packs of rule files that were compiled before, each under the hash of everything it was made of.
//!
//! They lie in `$THUTUC_CACHE`, else in `thutuc` in the user's folder of caches; `THUTUC_CACHE=off` keeps none. A file that
//! is damaged, or cannot be written, is no error: the rules are read again.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use thutuc::compile::{CompiledPack, FORMAT, read_bundle, write_bundle};
use thutuc::source::SourceMap;

/// So many packs are kept; then the oldest make room.
const MOST: usize = 16;

const EXTENSION: &str = "thutuc";

/// The place of one pack.
pub struct Place(PathBuf);

impl Place {
    /// The place of what is compiled from rule files with some drafts; `None` if nothing is kept.
    pub fn of(sources: &SourceMap, drafts: &[String]) -> Option<Place> {
        let mut hash = Sha256::new();
        let mut add = |part: &[u8]| {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        };
        add(env!("CARGO_PKG_VERSION").as_bytes());
        add(&FORMAT.to_le_bytes());
        // Another build of the same version may compile otherwise.
        add(&built()?.to_le_bytes());
        drafts.iter().for_each(|draft| add(draft.as_bytes()));
        add(b"");
        for (_, source) in sources.iter() {
            add(source.name().as_bytes());
            add(source.text().as_bytes());
        }
        let name: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Some(Place(folder()?.join(name).with_extension(EXTENSION)))
    }

    /// The pack, if it is there and whole.
    pub fn read(&self) -> Option<CompiledPack> {
        read_bundle(&fs::read(&self.0).ok()?).ok()
    }

    /// Keeps a pack.
    pub fn write(&self, pack: &CompiledPack) {
        let Some(folder) = self.0.parent() else { return };
        let unfinished = self.0.with_extension(std::process::id().to_string());
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&unfinished, write_bundle(pack)));
        if written.and_then(|()| fs::rename(&unfinished, &self.0)).is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        make_room(folder);
    }
}

/// When the running program was built, in nanoseconds.
fn built() -> Option<u128> {
    let modified = fs::metadata(std::env::current_exe().ok()?).ok()?.modified().ok()?;
    modified.duration_since(std::time::UNIX_EPOCH).ok().map(|time| time.as_nanos())
}

fn folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    match set("THUTUC_CACHE") {
        Some(off) if off == "off" => None,
        Some(folder) => Some(folder.into()),
        None => {
            let caches = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")).map(PathBuf::from);
            Some(caches.or_else(|| Some(Path::new(&set("HOME")?).join(".cache")))?.join("thutuc"))
        }
    }
}

fn make_room(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let ours = entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|of| of == EXTENSION));
    let mut by_age: Vec<_> = ours.filter_map(|path| Some((fs::metadata(&path).ok()?.modified().ok()?, path))).collect();
    by_age.sort();
    let surplus = by_age.len().saturating_sub(MOST);
    by_age.iter().take(surplus).for_each(|(_, path)| {
        let _ = fs::remove_file(path);
    });
}
