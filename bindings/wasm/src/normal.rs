//! What Unicode's tables say of a text, which JavaScript knows: they would be a third of what a browser downloads.

use thutuc::value::{HostText, TextForm, text_forms_from};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A string of JavaScript.
    #[wasm_bindgen(js_name = String)]
    type Text;

    /// The string in a normal form.
    #[wasm_bindgen(method)]
    fn normalize(this: &Text, form: &str) -> String;

    /// The string in lower case, of no language in particular.
    #[wasm_bindgen(method, js_name = toLowerCase)]
    fn to_lower_case(this: &Text) -> String;

    /// The string in upper case, of no language in particular.
    #[wasm_bindgen(method, js_name = toUpperCase)]
    fn to_upper_case(this: &Text) -> String;

    /// A regular expression of JavaScript.
    type RegExp;

    #[wasm_bindgen(constructor)]
    fn new(pattern: &str, flags: &str) -> RegExp;

    #[wasm_bindgen(method)]
    fn test(this: &RegExp, text: &str) -> bool;
}

/// Has the engine ask JavaScript about texts.
pub fn from_host() {
    text_forms_from(HostText { form, is_mark });
}

fn form(text: &str, form: TextForm) -> String {
    let text: Text = JsValue::from_str(text).unchecked_into();
    match form {
        TextForm::Composed => text.normalize("NFC"),
        TextForm::Decomposed => text.normalize("NFD"),
        TextForm::Lower => text.to_lower_case(),
        TextForm::Upper => text.to_upper_case(),
    }
}

fn is_mark(c: char) -> bool {
    RegExp::new(r"\p{M}", "u").test(c.encode_utf8(&mut [0; 4]))
}
