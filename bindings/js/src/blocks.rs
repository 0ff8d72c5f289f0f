//! Building blocks, asked of JavaScript.

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;

/// Asks `find` for a building block. It gives `undefined`, or a list of name and text, or a text that says why it cannot.
pub(crate) fn ask(find: &Function, name: &str) -> Result<Option<(String, String)>, String> {
    let found = find.call1(&JsValue::UNDEFINED, &JsValue::from_str(name)).map_err(|_| String::new())?;
    if found.is_undefined() {
        return Ok(None);
    }
    if let Some(words) = found.as_string() {
        return Err(words);
    }
    let pair = Array::from(&found);
    Ok(pair.get(0).as_string().zip(pair.get(1).as_string()))
}
