//! Numbers, texts, and what holds other things.

use std::sync::Arc;

use super::{Bundled, Reader, Writer};

impl Bundled for bool {
    fn write(&self, to: &mut Writer) {
        to.number(u64::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> bool {
        from.below(2) == 1
    }
}

macro_rules! unsigned {
    ($($type:ty),*) => {$(
        impl Bundled for $type {
            fn write(&self, to: &mut Writer) {
                to.number(u64::from(*self));
            }

            fn read(from: &mut Reader<'_>) -> $type {
                from.below(1 << <$type>::BITS) as $type
            }
        }
    )*};
}

unsigned!(u8, u16, u32);

impl Bundled for u64 {
    fn write(&self, to: &mut Writer) {
        to.number(*self);
    }

    fn read(from: &mut Reader<'_>) -> u64 {
        from.number()
    }
}

impl Bundled for i64 {
    fn write(&self, to: &mut Writer) {
        to.number((*self << 1 ^ *self >> 63) as u64);
    }

    #[inline(never)]
    fn read(from: &mut Reader<'_>) -> i64 {
        let number = from.number();
        (number >> 1) as i64 ^ -((number & 1) as i64)
    }
}

macro_rules! signed {
    ($($type:ty),*) => {$(
        impl Bundled for $type {
            fn write(&self, to: &mut Writer) {
                i64::from(*self).write(to);
            }

            fn read(from: &mut Reader<'_>) -> $type {
                let number = i64::read(from);
                <$type>::try_from(number).unwrap_or_else(|_| {
                    from.damage();
                    0
                })
            }
        }
    )*};
}

signed!(i16, i32);

/// The upper half, which has the sign, and the lower.
impl Bundled for i128 {
    fn write(&self, to: &mut Writer) {
        ((*self >> 64) as i64).write(to);
        to.number(*self as u64);
    }

    fn read(from: &mut Reader<'_>) -> i128 {
        let upper = i64::read(from);
        i128::from(upper) << 64 | i128::from(from.number())
    }
}

impl Bundled for Arc<str> {
    fn write(&self, to: &mut Writer) {
        to.text(self);
    }

    fn read(from: &mut Reader<'_>) -> Arc<str> {
        from.text()
    }
}

impl<T: Bundled> Bundled for Option<T> {
    fn write(&self, to: &mut Writer) {
        to.number(u64::from(self.is_some()));
        if let Some(of) = self {
            of.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<T> {
        bool::read(from).then(|| T::read(from))
    }
}

impl<T: Bundled, E: Bundled> Bundled for Result<T, E> {
    fn write(&self, to: &mut Writer) {
        to.number(u64::from(self.is_err()));
        match self {
            Ok(of) => of.write(to),
            Err(of) => of.write(to),
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<T, E> {
        if bool::read(from) { Err(E::read(from)) } else { Ok(T::read(from)) }
    }
}

impl<T: Bundled> Bundled for Vec<T> {
    fn write(&self, to: &mut Writer) {
        write_list(self, to);
    }

    #[inline(never)]
    fn read(from: &mut Reader<'_>) -> Vec<T> {
        let count = from.count();
        from.nested(|from| (0..count).map(|_| T::read(from)).collect())
    }
}

impl<T: Bundled> Bundled for Arc<[T]> {
    fn write(&self, to: &mut Writer) {
        write_list(self, to);
    }

    #[inline(never)]
    fn read(from: &mut Reader<'_>) -> Arc<[T]> {
        Vec::read(from).into()
    }
}

fn write_list<T: Bundled>(list: &[T], to: &mut Writer) {
    to.number(list.len() as u64);
    for of in list {
        of.write(to);
    }
}

impl<T: Bundled> Bundled for Box<T> {
    fn write(&self, to: &mut Writer) {
        T::write(self, to);
    }

    fn read(from: &mut Reader<'_>) -> Box<T> {
        from.nested(|from| Box::new(T::read(from)))
    }
}

impl<T: Bundled> Bundled for Arc<T> {
    fn write(&self, to: &mut Writer) {
        T::write(self, to);
    }

    fn read(from: &mut Reader<'_>) -> Arc<T> {
        from.nested(|from| Arc::new(T::read(from)))
    }
}

impl<A: Bundled, B: Bundled> Bundled for (A, B) {
    fn write(&self, to: &mut Writer) {
        self.0.write(to);
        self.1.write(to);
    }

    fn read(from: &mut Reader<'_>) -> (A, B) {
        (A::read(from), B::read(from))
    }
}

impl<A: Bundled, B: Bundled, C: Bundled> Bundled for (A, B, C) {
    fn write(&self, to: &mut Writer) {
        self.0.write(to);
        self.1.write(to);
        self.2.write(to);
    }

    fn read(from: &mut Reader<'_>) -> (A, B, C) {
        (A::read(from), B::read(from), C::read(from))
    }
}
