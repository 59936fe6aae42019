//! Numbers for byte strings, given in turn.

/// The byte strings seen so far, each with its number.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    bytes: Vec<u8>,
    /// Where each ends in `bytes`.
    ends: Vec<u32>,
    /// One more than a number, at the place of the hash of its bytes or the next free one after it; 0 where none is.
    places: Vec<u32>,
}

/// From golden ratio: spreads what is alike over all bits.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl Numbers {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a byte string, and whether it has just got it.
    pub(super) fn of(&mut self, bytes: &[u8]) -> (u32, bool) {
        if (self.len() + 1) * 2 > self.places.len() {
            self.grow();
        }
        let mut at = self.home(bytes);
        loop {
            match self.places.get(at) {
                Some(0) | None => break,
                Some(next) if self.get(next - 1) == bytes => return (next - 1, false),
                Some(_) => at = (at + 1) % self.places.len(),
            }
        }
        self.bytes.extend(bytes);
        self.ends.push(self.bytes.len() as u32);
        self.take(at);
        (self.len() as u32 - 1, true)
    }

    fn get(&self, number: u32) -> &[u8] {
        let end = |number: u32| self.ends.get(number as usize).map_or(0, |end| *end as usize);
        let start = number.checked_sub(1).map_or(0, end);
        self.bytes.get(start..end(number)).unwrap_or(&[])
    }

    fn home(&self, bytes: &[u8]) -> usize {
        let (whole, rest) = bytes.as_chunks::<8>();
        let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        let words = whole.iter().map(|chunk| u64::from_le_bytes(*chunk));
        let hash = words.chain([rest, bytes.len() as u64]).fold(0u64, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(SPREAD));
        (hash >> 32) as usize % self.places.len()
    }

    /// Puts the last number at a place.
    fn take(&mut self, at: usize) {
        let last = self.len() as u32;
        if let Some(place) = self.places.get_mut(at) {
            *place = last;
        }
    }

    fn grow(&mut self) {
        self.places = vec![0; (self.places.len() * 2).max(256)];
        for number in 0..self.len() as u32 {
            let mut at = self.home(self.get(number));
            while self.places.get(at).is_some_and(|place| *place != 0) {
                at = (at + 1) % self.places.len();
            }
            if let Some(place) = self.places.get_mut(at) {
                *place = number + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Numbers;

    #[test]
    fn a_number_stays_with_its_bytes() {
        let mut numbers = Numbers::default();
        let texts: Vec<String> = (0..2000).map(|n| format!("{:1$}", n, n % 23)).collect();
        for (number, text) in texts.iter().enumerate() {
            assert_eq!(numbers.of(text.as_bytes()), (number as u32, true));
        }
        for (number, text) in texts.iter().enumerate() {
            assert_eq!(numbers.of(text.as_bytes()), (number as u32, false));
        }
        assert_eq!(numbers.len(), texts.len());
    }
}
