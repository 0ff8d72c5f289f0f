//! From pointers and lengths to texts. The one place where what a caller points to is read. What an argument is called
//! (`what`) is written out only for a message.

use std::fmt::{Arguments, Display};

use meetlat_border::{How, Language, Refused};

use crate::give::Fault;
use crate::types::{Named, Text};

/// What is lent: a pointer to one value.
#[expect(unsafe_code, reason = "reads what a caller points to")]
pub(crate) fn one<'a, T>(from: *const T, what: impl Display, language: Language) -> Result<&'a T, Fault> {
    if !from.is_aligned() {
        return Err(wrong_pointer(what, language));
    }
    // SAFETY: aligned; null gives none; else the caller keeps what it points to until the call ends, as the header asks.
    unsafe { from.as_ref() }.ok_or_else(|| wrong_pointer(what, language))
}

/// What is lent: so many values in a row. None at all may come as null.
#[expect(unsafe_code, reason = "reads what a caller points to")]
pub(crate) fn row<'a, T>(
    from: *const T,
    count: usize,
    what: impl Display,
    language: Language,
) -> Result<&'a [T], Fault> {
    if count == 0 {
        return Ok(&[]);
    }
    if from.is_null() || !from.is_aligned() {
        return Err(wrong_pointer(what, language));
    }
    // More than this is not in any memory, and must not be asked for.
    if count.checked_mul(size_of::<T>()).is_none_or(|bytes| isize::try_from(bytes).is_err()) {
        return Err(wrong_length(what, language));
    }
    // SAFETY: not null, aligned, of a possible length; the caller keeps as many until the call ends, as the header asks.
    Ok(unsafe { std::slice::from_raw_parts(from, count) })
}

/// A text, where there must be one. `what`: the argument, and for bytes that are no UTF-8 what the text is called.
pub(crate) fn text<'a>(from: Text, what: impl Display, language: Language) -> Result<&'a str, Fault> {
    if from.bytes.is_null() {
        return Err(wrong_pointer(what, language));
    }
    let bytes = row(from.bytes.cast::<u8>(), from.length, &what, language)?;
    Ok(Refused::utf8(&what, bytes, language)?)
}

/// A text, where there may be none.
pub(crate) fn optional<'a>(
    from: Text,
    what: impl Display,
    language: Language,
) -> Result<Option<&'a str>, Fault> {
    if from.bytes.is_null() && from.length == 0 { Ok(None) } else { text(from, what, language).map(Some) }
}

/// A text with its name, which is how faults in the text call it.
pub(crate) fn named<'a>(
    from: Named,
    what: impl Display,
    language: Language,
) -> Result<meetlat_border::Named<'a>, Fault> {
    let name = text(from.name, format_args!("{what}.name"), language)?;
    if from.text.bytes.is_null() {
        return Err(wrong_pointer(format_args!("{what}.text"), language));
    }
    Ok(meetlat_border::Named::new(name, text(from.text, name, language)?))
}

/// A row, each by its place in it: all faults, not the first alone.
pub(crate) fn each<T: Copy, U>(
    from: &[T],
    what: impl Display,
    read: impl Fn(T, Arguments<'_>) -> Result<U, Fault>,
) -> Result<Vec<U>, Fault> {
    let mut sound = Vec::with_capacity(from.len());
    let mut faults = Vec::new();
    for (at, &one) in from.iter().enumerate() {
        match read(one, format_args!("{what}[{at}]")) {
            Ok(one) => sound.push(one),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(sound) } else { Err(Fault::all(faults)) }
}

/// A language by its code.
pub(crate) fn language(code: Text) -> Result<Language, Fault> {
    Ok(meetlat_border::language(optional(code, "language", Language::Nl)?)?)
}

/// How a proposal is judged.
pub(crate) fn how(from: crate::types::How, language: Language) -> Result<How, Fault> {
    let reference_date = optional(from.reference_date, "reference_date", language)?;
    Ok(How::new(reference_date, Some(language.pick("nl", "en")))?.spending(from.spend.into()))
}

/// B0107 for a pointer.
pub(crate) fn wrong_pointer(what: impl Display, language: Language) -> Fault {
    Fault::wrong_call(Refused::host(
        "B0107",
        language.pick(format!("{what} wijst nergens naar"), format!("{what} points to nothing")),
        language.pick(
            "geef een aanwijzer die klopt, ook voor een lege tekst",
            "give a sound pointer, for an empty text too",
        ),
    ))
}

/// B0107 for a length.
fn wrong_length(what: impl Display, language: Language) -> Fault {
    Fault::wrong_call(Refused::host(
        "B0107",
        language
            .pick(format!("{what} heeft een onmogelijke lengte"), format!("{what} has an impossible length")),
        language.pick("geef de lengte in bytes, of het aantal", "give the length in bytes, or the count"),
    ))
}
