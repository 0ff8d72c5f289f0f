//! Words that start a declaration or a clause.

/// A list of words, and a test whether a word is one of them: that is asked of every line, and a `match` is much quicker than
/// a walk through the list.
macro_rules! word_list {
    ($(#[$about:meta])* $list:ident, $is:ident: $($word:literal),+ $(,)?) => {
        $(#[$about])*
        pub(crate) const $list: [&str; [$($word),+].len()] = [$($word),+];

        /// Whether a word is one of them.
        pub(crate) fn $is(word: &str) -> bool {
            matches!(word, $($word)|+)
        }
    };
}

word_list! {
    /// Words that start a declaration at the margin.
    DECLARATIONS, is_declaration:
        "meetlat",
        "gebruik",
        "vraag",
        "tabel",
        "onderdeel",
        "begrip",
        "criterium",
        "voorwaarde",
        "uitsluiting",
        "signaal",
        "oordeel",
        "route",
        "voorbeeld",
}

word_list! {
    /// Words that start a clause.
    CLAUSES, is_clause:
        "versie",
        "geldig",
        "bron",
        "deels",
        "antwoord",
        "uitleg",
        "staat",
        "liever",
        "geen",
        "onderbouwing",
        "beantwoord",
        "score",
        "gewicht",
        "telt",
        "toont",
        "eis",
        "alleen",
        "als",
        "waarde",
        "vervuld",
        "zo",
        "meld",
        "aanname",
        "let",
        "bewust",
        "totaal",
        "uitkomsten",
        "anders",
        "gegeven",
        "verwacht",
}
