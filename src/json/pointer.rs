//! JSON pointers (RFC 6901), written out only when there is something to report.

use std::fmt;

/// The way from the root to a value: a chain on the stack.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pointer<'p> {
    parent: Option<&'p Pointer<'p>>,
    step: Step<'p>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Item(usize),
}

impl<'p> Pointer<'p> {
    /// The whole proposal.
    pub(crate) const ROOT: Self = Self { parent: None, step: Step::Root };

    /// The value of a key.
    pub(crate) const fn key<'q>(&'q self, key: &'q str) -> Pointer<'q> {
        Pointer { parent: Some(self), step: Step::Key(key) }
    }

    /// An item, from 0.
    pub(crate) const fn item(&self, at: usize) -> Pointer<'_> {
        Pointer { parent: Some(self), step: Step::Item(at) }
    }
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Key(key) => write!(f, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Item(at) => write!(f, "/{at}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let answers = Pointer::ROOT.key("antwoorden");
        assert_eq!(Pointer::ROOT.to_string(), "");
        assert_eq!(answers.key("a/b~c").item(3).to_string(), "/antwoorden/a~1b~0c/3");
    }
}
