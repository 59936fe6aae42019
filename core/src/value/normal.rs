//! What Unicode's tables say of a text: normal forms, letter case, combining marks. The tables are in the binary, or the host
//! has them (the feature `unicode` is off): they would be a third of what a browser downloads.

use std::borrow::Cow;

#[cfg(feature = "unicode")]
mod form {
    use std::borrow::Cow;

    use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

    pub use unicode_normalization::char::is_combining_mark as is_mark;

    pub fn composed(text: &str) -> Cow<'_, str> {
        if is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
    }

    pub fn decomposed(text: &str) -> Cow<'_, str> {
        Cow::Owned(text.nfd().collect())
    }

    pub fn lower(text: &str) -> String {
        text.to_lowercase()
    }

    pub fn upper(text: &str) -> String {
        text.to_uppercase()
    }
}

#[cfg(not(feature = "unicode"))]
mod form {
    use std::borrow::Cow;
    use std::sync::OnceLock;

    /// A form of a text that a host gives.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum TextForm {
        /// Unicode normal form C.
        Composed,
        /// Unicode normal form D.
        Decomposed,
        /// Lower case, of no language in particular.
        Lower,
        /// Upper case, of no language in particular.
        Upper,
    }

    /// What a host tells of texts.
    #[derive(Clone, Copy, Debug)]
    pub struct HostText {
        /// The text in a form.
        pub form: fn(&str, TextForm) -> String,
        /// Whether a character is a mark (general category M).
        pub is_mark: fn(char) -> bool,
    }

    static HOST: OnceLock<HostText> = OnceLock::new();

    /// Has the forms of texts given by the host; the first one told stays. Without one a text stays as it is, so a host
    /// that turns the feature `unicode` off must tell one before it does anything else.
    pub fn text_forms_from(host: HostText) {
        let _ = HOST.set(host);
    }

    fn formed(text: &str, form: TextForm) -> Cow<'_, str> {
        HOST.get().map_or(Cow::Borrowed(text), |host| Cow::Owned((host.form)(text, form)))
    }

    pub fn composed(text: &str) -> Cow<'_, str> {
        formed(text, TextForm::Composed)
    }

    pub fn decomposed(text: &str) -> Cow<'_, str> {
        formed(text, TextForm::Decomposed)
    }

    pub fn lower(text: &str) -> String {
        formed(text, TextForm::Lower).into_owned()
    }

    pub fn upper(text: &str) -> String {
        formed(text, TextForm::Upper).into_owned()
    }

    pub fn is_mark(c: char) -> bool {
        HOST.get().is_some_and(|host| (host.is_mark)(c))
    }
}

#[cfg(not(feature = "unicode"))]
pub use form::{HostText, TextForm, text_forms_from};

/// The text in normal form C.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { form::composed(text) }
}

/// The text in normal form D.
pub(super) fn decomposed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { form::decomposed(text) }
}

/// The text in lower case.
pub(crate) fn lower_case(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { form::lower(text) }
}

/// The text in upper case.
pub(crate) fn upper_case(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_uppercase() } else { form::upper(text) }
}

/// Whether a character is a combining mark.
pub(super) fn is_mark(c: char) -> bool {
    match c {
        ..'\u{300}' => false,
        '\u{300}'..='\u{36f}' => true,
        _ => form::is_mark(c),
    }
}
