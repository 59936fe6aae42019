//! Unicode normal forms: from tables in the binary, or from the host where it has them (the feature `unicode` is off).

use std::borrow::Cow;

#[cfg(feature = "unicode")]
mod form {
    use std::borrow::Cow;

    use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

    pub fn composed(text: &str) -> Cow<'_, str> {
        if is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
    }

    pub fn decomposed(text: &str) -> Cow<'_, str> {
        Cow::Owned(text.nfd().collect())
    }
}

#[cfg(not(feature = "unicode"))]
mod form {
    use std::borrow::Cow;
    use std::sync::OnceLock;

    /// Gives the normal form of a text: composed (NFC) if true, decomposed (NFD) if false.
    pub type Normalizer = fn(&str, bool) -> String;

    static HOST: OnceLock<Normalizer> = OnceLock::new();

    /// Has the normal forms of texts given by the host; the first one told stays. Without one a text stays as it is, so a
    /// host that turns the feature `unicode` off must tell one before it does anything else.
    pub fn normal_forms_from(host: Normalizer) {
        let _ = HOST.set(host);
    }

    pub fn composed(text: &str) -> Cow<'_, str> {
        HOST.get().map_or(Cow::Borrowed(text), |form| Cow::Owned(form(text, true)))
    }

    pub fn decomposed(text: &str) -> Cow<'_, str> {
        HOST.get().map_or(Cow::Borrowed(text), |form| Cow::Owned(form(text, false)))
    }
}

#[cfg(not(feature = "unicode"))]
pub use form::{Normalizer, normal_forms_from};

/// The text in normal form C.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { form::composed(text) }
}

/// The text in normal form D.
pub(super) fn decomposed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { form::decomposed(text) }
}
