//! Memory of answers that nobody holds any more, for the next: new memory costs more than to decide what goes into it.

use std::collections::VecDeque;
use std::mem::size_of;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_buffer::{ArrowNativeType, Buffer, ToByteSlice};
use bytes::Bytes;

/// Bytes that are kept at most.
const MOST: usize = 32 << 20;

/// Memory of columns that their readers are done with, 32 MiB at most. Whoever decides table after table shares one.
#[derive(Debug, Default)]
pub struct Spare {
    u8: Shelf<u8>,
    u32: Shelf<u32>,
    i32: Shelf<i32>,
    i64: Shelf<i64>,
    u64: Shelf<u64>,
    /// Bytes on all shelves.
    kept: AtomicUsize,
}

/// Memory for cells of one type; the last that came back is the nearest.
type Shelf<T> = Mutex<VecDeque<Vec<T>>>;

/// What answers are made of.
pub(crate) trait Cell: ArrowNativeType {
    fn shelf(spare: &Spare) -> &Shelf<Self>;
}

macro_rules! cells {
    ($($of:ident),*) => {
        $(impl Cell for $of {
            fn shelf(spare: &Spare) -> &Shelf<$of> {
                &spare.$of
            }
        })*
    };
}

cells!(u8, u32, i32, i64, u64);

impl Spare {
    /// Memory for so many cells. There may be cells of another table in it.
    pub(crate) fn take<T: Cell>(&self, cells: usize) -> Vec<T> {
        let last = T::shelf(self).lock().unwrap_or_else(PoisonError::into_inner).pop_back();
        let Some(last) = last else { return Vec::with_capacity(cells) };
        self.kept.fetch_sub(size_of::<T>() * last.capacity(), Ordering::Relaxed);
        // A few cells may be held for long: they shall not hold the memory of many.
        if cells <= last.capacity() && last.capacity() / 2 <= cells { last } else { Vec::with_capacity(cells) }
    }

    /// Cells as Arrow holds them; their memory comes back when nobody holds them any more.
    pub(crate) fn lend<T: Cell>(self: &Arc<Spare>, cells: Vec<T>) -> Buffer {
        Bytes::from_owner(Lent { cells, spare: Arc::clone(self) }).into()
    }

    /// Gives memory back.
    pub(crate) fn put<T: Cell>(&self, cells: Vec<T>) {
        let bytes = size_of::<T>() * cells.capacity();
        if bytes > MOST {
            return;
        }
        let mut shelf = T::shelf(self).lock().unwrap_or_else(PoisonError::into_inner);
        let mut kept = self.kept.fetch_add(bytes, Ordering::Relaxed) + bytes;
        shelf.push_back(cells);
        while kept > MOST
            && let Some(first) = shelf.pop_front()
        {
            let less = size_of::<T>() * first.capacity();
            kept = self.kept.fetch_sub(less, Ordering::Relaxed) - less;
        }
    }
}

/// Cells that a column holds.
struct Lent<T: Cell> {
    cells: Vec<T>,
    spare: Arc<Spare>,
}

impl<T: Cell> AsRef<[u8]> for Lent<T> {
    fn as_ref(&self) -> &[u8] {
        self.cells.to_byte_slice()
    }
}

impl<T: Cell> Drop for Lent<T> {
    fn drop(&mut self) {
        self.spare.put(std::mem::take(&mut self.cells));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place<T>(cells: &[T]) -> usize {
        cells.as_ptr() as usize
    }

    #[test]
    fn memory_comes_back_when_the_last_reader_is_done() {
        let spare = Arc::new(Spare::default());
        let mut cells = spare.take::<i64>(1_000);
        cells.extend(0..1_000);
        let held = place(&cells);
        let whole = spare.lend(cells);
        let part = whole.slice(80);
        drop(whole);
        assert_ne!(place(&spare.take::<i64>(1_000)), held, "a part is still read");
        assert_eq!(part.typed_data::<i64>().first(), Some(&10));
        drop(part);
        let again = spare.take::<i64>(1_000);
        assert_eq!(place(&again), held);
        assert_eq!(again.len(), 1_000, "it need not be cleared");
    }

    #[test]
    fn few_cells_do_not_hold_the_memory_of_many() {
        let spare = Arc::new(Spare::default());
        drop(spare.lend(vec![7u8; 100_000]));
        assert!(spare.take::<u8>(10).capacity() < 1_000);
        assert_eq!(spare.kept.load(Ordering::Relaxed), 0, "what does not fit makes room for what does");
        drop(spare.lend(vec![7u8; 10]));
        assert!(spare.take::<u8>(100_000).is_empty());
    }

    #[test]
    fn no_more_is_kept_than_said() {
        let spare = Arc::new(Spare::default());
        let lent: Vec<Buffer> = (0..40).map(|_| spare.lend(vec![0i32; 1 << 18])).collect();
        drop(lent);
        assert_eq!(spare.kept.load(Ordering::Relaxed), MOST);
        drop(spare.lend(vec![0u8; MOST + 1]));
        assert_eq!(spare.kept.load(Ordering::Relaxed), MOST, "what is larger than all is not kept");
        let taken: Vec<Vec<i32>> = (0..40).map(|_| spare.take(1 << 18)).collect();
        assert_eq!(taken.iter().filter(|cells| !cells.is_empty()).count(), 32);
        assert_eq!(spare.kept.load(Ordering::Relaxed), 0);
    }
}
