//! Rules that were compiled before are not compiled again, and nobody sees a difference.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Folder, keeping};

const LINE: &str = "decide 9.000001 --as-of 2026-04-27 --rules .";

fn kept(cache: &Path) -> Vec<PathBuf> {
    fs::read_dir(cache).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_kept_pack_answers_as_its_rules() {
    let (cache, pack) = (Folder::empty("cache"), Folder::with_pack("cached", "pack.yaml", &[]));
    let first = keeping(&cache.0, &pack.0.join("pack"), LINE);
    assert_eq!(first.code, 0, "{}", first.err);
    let files = kept(&cache.0);
    assert_eq!(files.len(), 1);

    let written = fs::metadata(&files[0]).unwrap().modified().unwrap();
    assert_eq!(keeping(&cache.0, &pack.0.join("pack"), LINE).out, first.out);
    assert_eq!(fs::metadata(&files[0]).unwrap().modified().unwrap(), written, "it is not written again");

    fs::write(&files[0], "damaged").unwrap();
    assert_eq!(keeping(&cache.0, &pack.0.join("pack"), LINE).out, first.out);
    assert_ne!(fs::read(&files[0]).unwrap(), b"damaged", "a damaged pack is written anew");
}

#[test]
fn other_rules_are_another_pack() {
    let (cache, pack) = (Folder::empty("cache-of-two"), Folder::with_pack("changed", "pack.yaml", &[]));
    let before = keeping(&cache.0, &pack.0.join("pack"), &format!("{LINE} --format json")).out;
    let file = pack.0.join("pack").join("pack.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}# another\n")).unwrap();
    assert_eq!(keeping(&cache.0, &pack.0.join("pack"), &format!("{LINE} --format json")).out, before, "a comment decides nothing");
    assert_eq!(kept(&cache.0).len(), 2);
    fs::write(&file, "pack: [").unwrap();
    assert_eq!(keeping(&cache.0, &pack.0.join("pack"), LINE).code, 1, "an error is told whatever was kept");
    assert_eq!(kept(&cache.0).len(), 2);
}

#[test]
fn nothing_is_kept_where_that_is_off() {
    let pack = Folder::with_pack("uncached", "pack.yaml", &[]);
    assert_eq!(keeping(Path::new("off"), &pack.0.join("pack"), LINE).code, 0);
    assert!(!pack.0.join("pack").join("off").exists());
}

#[test]
fn a_place_that_cannot_be_written_is_no_error() {
    let (cache, pack) = (Folder::empty("cache-file"), Folder::with_pack("unkept", "pack.yaml", &[]));
    let file = cache.0.join("file");
    fs::write(&file, "").unwrap();
    assert_eq!(keeping(&file, &pack.0.join("pack"), LINE).code, 0);
}
