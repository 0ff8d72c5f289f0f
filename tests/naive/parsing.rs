//! Reading rule texts with the crate's parser.

use meetlat::Limits;
use meetlat::diagnostic::Diagnostics;
use meetlat::syntax::File;

/// The tree of a text that must have no fault.
pub(crate) fn parsed(text: &str) -> File {
    let mut diagnostics = Diagnostics::default();
    let (_, file) = meetlat::parse::parse("proef.meetlat", text, &Limits::default(), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{text}\n{:#?}", diagnostics.iter().collect::<Vec<_>>());
    file
}
