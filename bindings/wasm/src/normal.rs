//! The normal forms of Unicode, which JavaScript has: the tables are a fifth of what a browser would download.

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
}

/// Has the engine ask JavaScript for normal forms.
pub fn from_host() {
    thutuc::value::normal_forms_from(|text, composed| {
        JsValue::from_str(text).unchecked_into::<Text>().normalize(if composed { "NFC" } else { "NFD" })
    });
}
