//! Words of the command line's own, in both languages side by side.

use meetlat::Language;

/// The same in Dutch and in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Both {
    pub(crate) nl: &'static str,
    pub(crate) en: &'static str,
}

/// Dutch, then English.
pub(crate) const fn both(nl: &'static str, en: &'static str) -> Both {
    Both { nl, en }
}

/// What is the same in both.
pub(crate) const fn same(text: &'static str) -> Both {
    both(text, text)
}

impl Both {
    /// In one language.
    pub(crate) fn get(self, language: Language) -> &'static str {
        language.pick(self.nl, self.en)
    }

    /// In the other one, when that differs.
    pub(crate) fn other(self, language: Language) -> Option<&'static str> {
        (self.nl != self.en).then(|| language.pick(self.en, self.nl))
    }

    /// Whether it is called so in either language.
    pub(crate) fn is(self, name: &str) -> bool {
        self.nl == name || self.en == name
    }
}
