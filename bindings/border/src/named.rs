//! Texts with the names that messages call them by.

/// A rule text or a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'t> {
    /// What messages and verdicts call it, for example its path.
    pub name: &'t str,
    /// The text itself.
    pub text: &'t str,
}

impl<'t> Named<'t> {
    /// A text with its name.
    #[must_use]
    pub const fn new(name: &'t str, text: &'t str) -> Self {
        Self { name, text }
    }
}

/// Finds a building block by the name behind `gebruik`: what it is called, and its text. None when there is none; an error,
/// in the host's words, when there is one that cannot be read.
pub type Blocks<'b> = dyn FnMut(&str) -> Result<Option<(String, String)>, String> + 'b;

/// For rules that use no building blocks: finds none.
///
/// # Errors
/// Never.
pub fn no_blocks(_: &str) -> Result<Option<(String, String)>, String> {
    Ok(None)
}
