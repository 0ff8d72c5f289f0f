//! What documents say where something is not exact: the reason, and what that means for what stands there.

use crate::limits::provisional::{Provisional, ProvisionalReason};
use crate::message::language::{Language, tell};
use crate::verdict::document as v;

/// What is not exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// A verdict.
    Verdict,
    /// What a closing leaves.
    Closing,
    /// The smallest changes.
    Changes,
    /// What already decides.
    Why,
    /// How firm a verdict is.
    Firmness,
}

/// For a document.
pub(crate) fn document(found: &Provisional, about: About, language: Language) -> v::Provisional {
    let Provisional { reason, limit, question } = found;
    v::Provisional {
        reason: *reason,
        limit: *limit,
        question: question.clone(),
        text: text(*reason, *limit, question.as_deref(), about, language),
    }
}

/// The reason and what it means, as sentences.
fn text(
    reason: ProvisionalReason,
    limit: Option<u64>,
    question: Option<&str>,
    about: About,
    language: Language,
) -> String {
    let at = question.map(|at| tell!(language, " bij {at}", " at {at}")).unwrap_or_default();
    let worst = match about {
        About::Closing => language.pick(" naar het slechtste", " for the worst"),
        _ => "",
    };
    let limit = limit.map(|limit| language.count(limit)).unwrap_or_default();
    let cause = sentence(&reason.clause(worst, &at, &limit, language));
    let meaning = match (about, reason) {
        (About::Verdict | About::Closing, ProvisionalReason::UnboundedList) => language.pick(
            "Daarom staat niets vast: wat hier niet mogelijk heet, kan misschien toch.",
            "So nothing is settled: what is not called possible here may be so after all.",
        ),
        (About::Verdict | About::Closing, _) => language.pick(
            "Wat hier mogelijk heet, kan misschien toch niet.",
            "Some of what is called possible here may not be.",
        ),
        (About::Changes, _) => language.pick(
            "Misschien volstaat minder, of is er een manier die hier niet staat.",
            "Perhaps fewer suffice, or there is a way that is not listed.",
        ),
        (About::Why, _) => language.pick(
            "Wat hier beslist, beslist echt, maar misschien kan het met minder. Een antwoord dat voor of tegen spreekt, kan ontbreken.",
            "What decides here does decide, but perhaps less would do. An answer that speaks for or against may be missing.",
        ),
        (About::Firmness, _) => language.pick(
            "Bij elk deel staat naar welke kant het kan afwijken.",
            "Each part says which way it may err.",
        ),
    };
    format!("{cause} {meaning}")
}

/// With a capital and a full stop.
fn sentence(clause: &str) -> String {
    let mut rest = clause.chars();
    let first = rest.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(rest).chain(['.']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words() {
        let all = [
            (ProvisionalReason::Limit, "stopte bij /antwoorden/x, na 2.000.000 stappen."),
            (ProvisionalReason::Stopped, "is bij /antwoorden/x gestopt voordat het klaar was."),
            (ProvisionalReason::UnboundedList, "een open lijst zonder grootste lengte"),
            (ProvisionalReason::Numbers, "niet samen te bepalen."),
        ];
        let abouts = [About::Verdict, About::Closing, About::Changes, About::Why, About::Firmness];
        for (reason, words) in all {
            for about in abouts {
                let found = Provisional::new(reason, 2_000_000, Some("/antwoorden/x".to_owned()));
                assert_eq!(found.limit.is_some(), reason == ProvisionalReason::Limit);
                let document = document(&found, about, Language::Nl);
                assert!(document.text.contains(words), "{}", document.text);
                let english = super::document(&found, about, Language::En).text;
                assert!(english.contains("at /antwoorden/x") && english != document.text, "{english}");
            }
        }
    }
}
