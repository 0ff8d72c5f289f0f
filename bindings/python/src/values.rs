//! Python's values as JSON text. Numbers stay what they are: no `float` passes.

use meetlat_border::{Language, Refused, binary_fraction, no_form};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};

use crate::fault::Fault;

/// Deeper than any proposal; ends what holds itself.
const DEPTH: usize = 100;

/// A value as JSON on one line.
///
/// # Errors
/// All values in it that have no form, or an exact one, in JSON.
pub(crate) fn json(value: &Bound<'_, PyAny>, language: Language) -> Result<Vec<u8>, Fault> {
    let mut writer = Writer { out: Vec::with_capacity(1024), found: Vec::new(), language };
    writer.value(value, &At::Whole)?;
    if writer.found.is_empty() { Ok(writer.out) } else { Err(Refused::all(writer.found).into()) }
}

struct Writer {
    out: Vec<u8>,
    found: Vec<Refused>,
    language: Language,
}

/// Where a value stands: made into a pointer only for a message.
enum At<'a> {
    Whole,
    Key(&'a At<'a>, &'a str),
    Item(&'a At<'a>, usize),
}

impl Writer {
    fn value(&mut self, value: &Bound<'_, PyAny>, at: &At<'_>) -> PyResult<()> {
        if value.is_none() {
            self.out.extend(b"null");
        } else if let Ok(text) = value.cast::<PyString>() {
            self.text(text, at)?;
        } else if let Ok(dict) = value.cast::<PyDict>() {
            self.dict(dict, at)?;
        } else if let Ok(list) = value.cast::<PyList>() {
            self.items(list.iter(), value, at)?;
        } else if let Ok(tuple) = value.cast::<PyTuple>() {
            self.items(tuple.iter(), value, at)?;
        } else if let Ok(truth) = value.cast::<PyBool>() {
            self.out.extend(if truth.is_true() { &b"true"[..] } else { b"false" });
        } else if value.is_instance_of::<PyFloat>() {
            self.found.push(binary_fraction(&at.pointer(), self.language));
        } else if let Some(plain) = plain(value)? {
            self.out.extend(plain.into_bytes());
        } else {
            self.no_form(value, at);
        }
        Ok(())
    }

    fn text(&mut self, text: &Bound<'_, PyString>, at: &At<'_>) -> PyResult<()> {
        match text.to_str() {
            Ok(text) => self.quoted(text),
            // Half a character: no text in UTF-8.
            Err(_) => {
                self.no_form(text, at);
                Ok(())
            }
        }
    }

    fn quoted(&mut self, text: &str) -> PyResult<()> {
        let written = serde_json::to_writer(&mut self.out, text);
        written.map_err(|error| PyValueError::new_err(error.to_string()))
    }

    fn dict(&mut self, dict: &Bound<'_, PyDict>, at: &At<'_>) -> PyResult<()> {
        if at.depth() > DEPTH {
            self.no_form(dict, at);
            return Ok(());
        }
        self.out.push(b'{');
        for (n, (key, value)) in dict.iter().enumerate() {
            if n > 0 {
                self.out.push(b',');
            }
            match key.cast::<PyString>().ok().and_then(|key| key.to_str().ok()) {
                Some(key) => {
                    self.quoted(key)?;
                    self.out.push(b':');
                    self.value(&value, &At::Key(at, key))?;
                }
                None => {
                    let at = At::Key(at, &key.to_string()).pointer();
                    self.found.push(no_form(&at, &format!("{} as key", kind(&key)), self.language));
                }
            }
        }
        self.out.push(b'}');
        Ok(())
    }

    fn items<'py>(
        &mut self,
        items: impl Iterator<Item = Bound<'py, PyAny>>,
        whole: &Bound<'py, PyAny>,
        at: &At<'_>,
    ) -> PyResult<()> {
        if at.depth() > DEPTH {
            self.no_form(whole, at);
            return Ok(());
        }
        self.out.push(b'[');
        for (n, item) in items.enumerate() {
            if n > 0 {
                self.out.push(b',');
            }
            self.value(&item, &At::Item(at, n))?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn no_form(&mut self, value: &Bound<'_, PyAny>, at: &At<'_>) {
        self.found.push(no_form(&at.pointer(), &kind(value), self.language));
    }
}

/// The name of a value's class.
pub(crate) fn kind(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map(|name| name.to_string()).unwrap_or_default()
}

/// A whole number, a decimal or a date, as JSON has it.
fn plain(value: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if let Ok(number) = value.extract::<i64>() {
        return Ok(Some(number.to_string()));
    }
    let py = value.py();
    if value.is_instance_of::<PyInt>() {
        // Of `int` itself: classes of one's own may show themselves otherwise. Python writes no number of many thousands of digits.
        return Ok(shown(py.get_type::<PyInt>().call_method1("__repr__", (value,))));
    }
    if value.is_instance(&py.import("decimal")?.getattr("Decimal")?)? {
        let finite = value.call_method0("is_finite")?.is_truthy()?;
        return Ok(if finite { shown(value.str().map(Bound::into_any)) } else { None });
    }
    if value.is_instance(&py.import("datetime")?.getattr("date")?)? {
        return Ok(shown(value.call_method0("isoformat")).map(|day| format!("\"{day}\"")));
    }
    Ok(None)
}

fn shown(text: PyResult<Bound<'_, PyAny>>) -> Option<String> {
    text.and_then(|text| text.extract()).ok()
}

impl At<'_> {
    fn depth(&self) -> usize {
        match self {
            Self::Whole => 0,
            Self::Key(of, _) | Self::Item(of, _) => of.depth() + 1,
        }
    }

    /// The JSON pointer.
    fn pointer(&self) -> String {
        match self {
            Self::Whole => String::new(),
            Self::Key(of, key) => format!("{}/{}", of.pointer(), key.replace('~', "~0").replace('/', "~1")),
            Self::Item(of, n) => format!("{}/{n}", of.pointer()),
        }
    }
}
