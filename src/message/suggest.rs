//! "Did you mean": the nearest known word, when it is near enough.

/// Words longer than this are not compared: nobody means them.
const LONGEST: usize = 40;

/// The candidate nearest to `word`, when at most a third of its letters differ; the first of equals.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    nearest_of(word, &mut candidates.into_iter())
}

/// Apart, so that there is one of it in a program and not one for each kind of list.
fn nearest_of<'c>(word: &str, candidates: &mut dyn Iterator<Item = &'c str>) -> Option<&'c str> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let most = (word.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // A word of one or two letters is near to everything.
        if candidate.len() > LONGEST || (candidate.len() <= 2 && candidate != word) {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&word, candidate);
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_enough_or_nothing() {
        let words = ["gezond", "veilig", "is"];
        assert_eq!(nearest("gezondt", words), Some("gezond"));
        assert_eq!(nearest("Gezond", words), Some("gezond"));
        assert_eq!(nearest("velig", words), Some("veilig"));
        assert_eq!(nearest("kansrijk", words), None);
        assert_eq!(nearest("it", words), None);
        assert_eq!(nearest("", words), None);
    }
}
