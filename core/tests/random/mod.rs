//! Random small packs and cases, from a run of bytes that a property test draws and shrinks.

pub mod case;
pub mod expression;
pub mod facts;
pub mod linked;
pub mod procedure;
pub mod table;

/// Choices from bytes; when they run out every choice is the first, which is always the simplest.
pub struct Choices<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Choices<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Choices { bytes: bytes.iter() }
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or(0)) % n.max(1)
    }

    /// True in one of `n` cases, and never when the bytes have run out.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        from.get(self.below(from.len())).expect("there is something to choose from")
    }
}
