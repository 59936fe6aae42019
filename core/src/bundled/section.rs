//! A section: how many texts, the length of each, their bytes one behind the other, then all that refers to them by number.

use std::sync::Arc;

use super::{Bundled, Reader, Writer};

/// The bytes of a section that holds something.
pub(crate) fn write_section(of: &impl Bundled) -> Vec<u8> {
    let mut rest = Writer::default();
    of.write(&mut rest);
    let mut section = Writer::default();
    section.number(rest.texts.len() as u64);
    for text in &rest.texts {
        section.number(text.len() as u64);
    }
    let mut bytes = section.bytes;
    for text in &rest.texts {
        bytes.extend(text.as_bytes());
    }
    bytes.extend(rest.bytes);
    bytes
}

/// What was written by [`write_section`], and the bytes behind the section; `None` if they are damaged.
pub(crate) fn read_section<T: Bundled>(bytes: &[u8]) -> Option<(T, &[u8])> {
    let mut reader = Reader::new(bytes, Vec::new());
    let lengths: Vec<u32> = Bundled::read(&mut reader);
    if reader.damaged {
        return None;
    }
    let length = lengths.iter().map(|length| u64::from(*length)).sum::<u64>();
    let (all, rest) = reader.left.split_at_checked(usize::try_from(length).ok()?)?;
    let mut all = std::str::from_utf8(all).ok()?;
    let mut texts: Vec<Arc<str>> = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (text, after) = all.split_at_checked(length as usize)?;
        texts.push(text.into());
        all = after;
    }
    let mut reader = Reader::new(rest, texts);
    let read = T::read(&mut reader);
    (!reader.damaged).then_some((read, reader.left))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Kept = (Vec<(Arc<str>, i64)>, Option<Result<u16, i32>>, (Box<i128>, bool, Arc<[u64]>));

    fn kept() -> impl Strategy<Value = Kept> {
        let texts = proptest::collection::vec(("[aăâ]{0,3}".prop_map(|text| Arc::from(&*text)), any::<i64>()), 0..6);
        let numbers = proptest::collection::vec(any::<u64>(), 0..4).prop_map(Arc::from);
        (texts, any::<Option<Result<u16, i32>>>(), (any::<Box<i128>>(), any::<bool>(), numbers))
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(kept in kept()) {
            let bytes = write_section(&kept);
            prop_assert_eq!(read_section::<Kept>(&bytes), Some((kept, &[][..])));
        }

        #[test]
        fn what_is_cut_off_is_damaged(kept in kept(), keep in any::<prop::sample::Index>()) {
            let bytes = write_section(&kept);
            let keep = keep.index(bytes.len());
            prop_assert_eq!(read_section::<Kept>(&bytes[..keep]), None);
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = read_section::<Kept>(&bytes);
        }
    }

    #[test]
    fn nesting_without_end_is_damage() {
        #[derive(Debug, Bundled)]
        struct Nested(Vec<Nested>);
        let deep = |depth| [&[0][..], &vec![1; depth], &[0]].concat();
        assert!(read_section::<Nested>(&deep(100)).is_some());
        assert!(read_section::<Nested>(&deep(100_000)).is_none());
    }
}
