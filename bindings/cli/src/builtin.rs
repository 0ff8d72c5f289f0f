//! The rule files inside the binary: all that stand under `rules/`, with what their headers say beside them. A text is
//! only looked at when it is used.

/// In the order of their paths.
const FILES: &[Builtin] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// A rule file inside the binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Builtin {
    /// Its path under `rules/`, with `/` between folders.
    pub(crate) path: &'static str,
    /// The name in its header.
    pub(crate) name: &'static str,
    /// Whether it has an `oordeel`; else it is a building block.
    pub(crate) judges: bool,
    /// The first and the last day in force, `JJJJ-MM-DD`, where its header names both.
    pub(crate) days: Option<(&'static str, &'static str)>,
    pub(crate) text: &'static str,
}

/// Those that judge, by their name, in the order of their paths: the versions of one meetlat.
pub(crate) fn named(name: &str) -> Vec<Builtin> {
    FILES.iter().filter(|file| file.judges && file.name == name).copied().collect()
}

/// The same, or the building block of that name.
pub(crate) fn named_or_block(name: &str) -> Vec<Builtin> {
    let judging = named(name);
    if !judging.is_empty() {
        return judging;
    }
    at(&format!("{}.meetlat", name.replace('.', "/"))).into_iter().collect()
}

/// The one at a path under `rules/`.
pub(crate) fn at(path: &str) -> Option<Builtin> {
    FILES.iter().find(|file| file.path == path).copied()
}

/// The names of those that judge, each once, in order.
pub(crate) fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = FILES.iter().filter(|file| file.judges).map(|file| file.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use meetlat::Date;
    use meetlat::rule_files::{header_name, judges};
    use meetlat::{Meetlat, RuleText};

    use super::*;

    #[test]
    fn headers_say_what_the_library_reads() {
        let block = |name: &str| {
            let block = at(&format!("{}.meetlat", name.replace('.', "/")));
            Ok(block.map(|block| RuleText { name: block.path.to_owned(), text: block.text.to_owned() }))
        };
        let mut with_days = 0;
        for file in FILES {
            assert_eq!(header_name(file.text), Some(file.name), "{}", file.path);
            assert_eq!(judges(file.text), file.judges, "{}", file.path);
            if let Some(meetlat) = Meetlat::load(file.path, file.text, block).meetlat {
                let (from, until) = meetlat.valid();
                let days = from.map(Date::to_iso).zip(until.map(Date::to_iso));
                assert_eq!(days.as_ref().map(|(from, until)| (from.as_str(), until.as_str())), file.days);
                with_days += usize::from(file.days.is_some());
            }
        }
        assert!(with_days > 1, "versions can be told apart");
    }
}
