//! Things by number.

/// Things by number; the number of a thing that was forgotten is given again.
pub struct Kept<T>(Vec<Option<T>>);

impl<T> Kept<T> {
    /// Nothing.
    pub const fn new() -> Kept<T> {
        Kept(Vec::new())
    }

    /// Keeps a thing and gives its number.
    pub fn keep(&mut self, thing: T) -> u32 {
        let free = self.0.iter().position(Option::is_none);
        match free.and_then(|at| self.0.get_mut(at).map(|place| (at, place))) {
            Some((at, place)) => {
                *place = Some(thing);
                at as u32
            }
            None => {
                self.0.push(Some(thing));
                (self.0.len() - 1) as u32
            }
        }
    }

    /// The thing of a number.
    pub fn get(&mut self, number: u32) -> Option<&mut T> {
        self.0.get_mut(number as usize)?.as_mut()
    }

    /// Forgets a thing.
    pub fn forget(&mut self, number: u32) {
        if let Some(place) = self.0.get_mut(number as usize) {
            *place = None;
        }
    }
}
