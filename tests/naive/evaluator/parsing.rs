//! Reading rule texts with the crate's parser.

use meetlat::Diagnostics;
use meetlat::Limits;
use meetlat::internals::rules::syntax::File;

/// The tree of a text that must have no fault.
pub(crate) fn parsed(text: &str) -> File {
    match try_parsed(text) {
        Ok(file) => file,
        Err(faults) => panic!("{text}\n{faults}"),
    }
}

/// The tree of a text, or its faults with the lines they stand in.
pub(crate) fn try_parsed(text: &str) -> Result<File, String> {
    let mut diagnostics = Diagnostics::default();
    let (_, file) =
        meetlat::internals::rules::parse::parse("proef.meetlat", text, &Limits::default(), &mut diagnostics);
    if diagnostics.is_empty() {
        return Ok(file);
    }
    let mut faults = String::new();
    for diagnostic in &diagnostics {
        let span = diagnostic.places[0].span;
        let source = diagnostics.source(span.source).unwrap();
        let at = source.position(span.start);
        let line = source.text().lines().nth(at.line as usize - 1).unwrap_or_default();
        faults +=
            &format!("{} {}: {}:{} | {line}\n", diagnostic.code, diagnostic.message.nl, at.line, at.column);
    }
    Err(faults)
}
