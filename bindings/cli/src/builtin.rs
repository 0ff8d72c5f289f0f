//! The rule files inside the binary.

/// A rule file inside the binary.
pub(crate) struct Builtin {
    /// The name in its header, by which a proposal asks for it.
    pub(crate) name: &'static str,
    /// What its file is called.
    pub(crate) file: &'static str,
    /// Its text.
    pub(crate) text: &'static str,
}

/// All of them, in the order of their names.
pub(crate) const ALL: [Builtin; 1] = [Builtin {
    name: "ijsselland",
    file: "ijsselland.meetlat",
    text: include_str!("../../../rules/ijsselland.meetlat"),
}];

/// The one with a name.
pub(crate) fn named(name: &str) -> Option<&'static Builtin> {
    ALL.iter().find(|builtin| builtin.name == name)
}

/// Their names in one sentence.
pub(crate) fn names() -> String {
    ALL.map(|builtin| builtin.name).join(", ")
}
