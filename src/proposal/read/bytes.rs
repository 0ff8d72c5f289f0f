//! The bytes of a proposal as text.

use crate::json::utf8::utf8;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::says;
use crate::message::source::{Source, Span};

/// Bytes as text.
///
/// # Errors
/// The place of the first byte that is not UTF-8: just after what can be read.
pub(crate) fn text_of<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Diagnostics> {
    utf8(bytes).map_err(|error| {
        let (sound, _) = bytes.split_at_checked(error.valid_up_to()).unwrap_or_default();
        let sound = utf8(sound).unwrap_or_default();
        let mut diagnostics = Diagnostics::new();
        let source = diagnostics.add_source(Source::new(name, sound));
        let message = says!(
            "het voorstel is geen UTF-8, en JSON is dat altijd; tot hier is het te lezen",
            "the proposal is not UTF-8, which JSON always is; it can be read up to here"
        );
        let span = Span::new(source, sound.len(), sound.len());
        let found = Diagnostic::new(Code::NotJson, span, message).at("");
        diagnostics.push(found.help(says!("bewaar het bestand als UTF-8", "save the file as UTF-8")));
        diagnostics
    })
}
