//! Which files of a folder are rule files: the same for every host that reads folders.

use std::path::{Path, PathBuf};
use std::{fs, io};

use thiserror::Error;

/// Whether worked cases are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cases {
    /// Read.
    Read,
    /// Left unread: a decision does not need them.
    Skip,
}

/// A folder that cannot be read.
#[derive(Debug, Error)]
#[error("{}: {error}", path.display())]
pub struct UnreadableFolder {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

/// The rule files (`.yaml`, `.yml`) of a folder and of those in it, in the order of their names. What begins with a dot is
/// passed over.
///
/// # Errors
/// [`UnreadableFolder`] for the first folder that cannot be read.
pub fn rule_files(folder: &Path, cases: Cases) -> Result<Vec<PathBuf>, UnreadableFolder> {
    let mut files = Vec::new();
    collect(folder, cases, &mut files).map(|()| files)
}

fn collect(folder: &Path, cases: Cases, files: &mut Vec<PathBuf>) -> Result<(), UnreadableFolder> {
    let unreadable = |error| UnreadableFolder { path: folder.to_owned(), error };
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = entries.map_err(unreadable)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            collect(&path, cases, files)?;
        } else if is_wanted(&name, cases) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_wanted(name: &str, cases: Cases) -> bool {
    let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"));
    stem.is_some_and(|stem| cases == Cases::Read || !stem.ends_with(".cases"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(names: &[&str], cases: Cases) -> Vec<String> {
        names.iter().filter(|name| is_wanted(name, cases)).map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn rules_are_told_from_cases_and_all_else() {
        let names = ["birth.yaml", "birth.cases.yaml", "tax.yml", "tax.cases.yml", "README.md", "yaml"];
        assert_eq!(wanted(&names, Cases::Skip), ["birth.yaml", "tax.yml"]);
        assert_eq!(wanted(&names, Cases::Read), ["birth.yaml", "birth.cases.yaml", "tax.yml", "tax.cases.yml"]);
    }

    #[test]
    fn folders_are_walked_in_the_order_of_names() {
        let folder = std::env::temp_dir().join(format!("thutuc-folder-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("b/.git")).unwrap();
        for name in ["c.yaml", "b/2.yml", "b/1.yaml", "a.yaml", ".hidden.yaml", "b/.git/3.yaml"] {
            fs::write(folder.join(name), "").unwrap();
        }
        let files = rule_files(&folder, Cases::Skip).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let names: Vec<String> = files.iter().map(|file| file.strip_prefix(&folder).unwrap().display().to_string().replace('\\', "/")).collect();
        assert_eq!(names, ["a.yaml", "b/1.yaml", "b/2.yml", "c.yaml"]);
        assert_eq!(rule_files(&folder, Cases::Skip).unwrap_err().path, folder);
    }
}
