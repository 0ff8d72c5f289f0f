//! Name spaces, and what the user may have meant by an unknown name.

use std::collections::BTreeSet;

use super::checker::Checker;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::message::source::Span;
use crate::message::suggest::nearest;
use crate::rules::check::facts::{Declared, FileFacts};
use crate::rules::check::phrases::{a, english, shorten, the};
use crate::rules::model::{QuestionId, Target};
use crate::rules::syntax::{Declaration, DeclarationKind, Name};

impl Checker<'_> {
    /// Declares a name in the shared name space; false when it was there already.
    pub(super) fn declare(&mut self, name: &Name, target: Target) -> bool {
        if let Some(first) = self.names.shared.get(&name.node).copied() {
            self.double_name(name, first.what.kind(), first.span);
            return false;
        }
        self.names.shared.insert(name.node.clone(), Declared { what: target, span: name.span });
        true
    }

    /// Declares a name in a name space of its own.
    pub(super) fn declare_own(&mut self, kind: DeclarationKind, name: &Name, place: usize) -> bool {
        let first = self.names.own.get(&kind).and_then(|names| names.get(&name.node)).copied();
        if let Some(first) = first {
            self.double_name(name, kind, first.span);
            return false;
        }
        let declared = Declared { what: place, span: name.span };
        self.names.own.entry(kind).or_default().insert(name.node.clone(), declared);
        true
    }

    fn double_name(&mut self, name: &Name, kind: DeclarationKind, first: Span) {
        let word = &name.node;
        let Text { nl, en } = the(kind);
        if name.span.source != first.source {
            // The rule file comes first, and its writer can choose another name: a building block serves more files.
            let (own, other) = (first, name.span);
            let Text { nl, en } = self.where_in_file(other);
            let diagnostic = Diagnostic::new(
                Code::DoubleName,
                own,
                says!(
                    "de naam \"{word}\" bestaat in twee bestanden",
                    "the name \"{word}\" exists in two files"
                ),
            )
            .also(other, says!("hier staat \"{word}\" ook", "here stands \"{word}\" too"))
            .help(says!(
                "een naam staat in één van de bestanden die samen gebruikt worden: kies hier een andere, of op {nl}",
                "a name stands in one of the files that are used together: choose another here, or on {en}"
            ));
            self.push(diagnostic);
            return;
        }
        let line = self.line(first);
        let diagnostic = Diagnostic::new(
            Code::DoubleName,
            name.span,
            says!("de naam \"{word}\" bestaat al", "the name \"{word}\" exists already"),
        )
        .also(first, says!("hier staat {nl} \"{word}\"", "{en} \"{word}\" stands here"))
        .help(says!(
            "kies een andere naam; op regel {line} heet {nl} al zo",
            "choose another name; on line {line} {en} has it already"
        ));
        self.push(diagnostic);
    }

    /// Whether an unknown name should not be reported, because its declaration could not be read.
    pub(super) fn is_excused(&self, name: &str) -> bool {
        let seen = |facts: &&FileFacts| self.names.sees.contains(&facts.source);
        self.files.iter().filter(seen).any(|facts| facts.unread.contains(name))
    }

    /// `bedoelde u "gezond"? (vraag, regel 24)` among the names that fit.
    pub(super) fn suggest_name(&mut self, name: &str, fits: impl Fn(Target) -> bool) -> Option<Text> {
        if !self.may_suggest(self.names.shared.len()) {
            return None;
        }
        let fits = |d: &Declared<Target>| fits(d.what) && self.names.sees.contains(&d.span.source);
        let candidates = self.names.shared.iter().filter(|(_, d)| fits(d)).map(|(name, _)| name.as_str());
        let found = nearest(name, candidates)?;
        let declared = self.names.shared.get(found)?;
        let (kind, place) = (declared.what.kind(), self.where_is(declared.span));
        let (nl, en, at_nl, at_en) = (kind.keyword(), english(kind), place.nl, place.en);
        Some(says!("bedoelde u \"{found}\"? ({nl}, {at_nl})", "did you mean \"{found}\"? ({en}, {at_en})"))
    }

    /// `bedoelde u "jongeren"?` among words.
    pub(super) fn suggest_word<'c>(
        &mut self,
        word: &str,
        words: impl Iterator<Item = &'c str> + Clone,
        what: &Text,
    ) -> Text {
        let found = if self.may_suggest(words.clone().count()) { nearest(word, words.clone()) } else { None };
        if let Some(found) = found {
            return says!("bedoelde u \"{found}\"?", "did you mean \"{found}\"?");
        }
        let list = shorten(words, 8);
        let Text { nl, en } = what;
        says!("{nl}: {list}", "{en}: {list}")
    }

    /// Reports a name that nothing suitable here has. `needed` says what belongs here: `een vraag`.
    pub(super) fn unknown_name(
        &mut self,
        name: &str,
        span: Span,
        needed: &Text,
        fits: impl Fn(Target) -> bool,
    ) {
        if self.is_excused(name) {
            return;
        }
        if let Some(elsewhere) = self.elsewhere(name) {
            let Text { nl, en } = needed;
            self.missed.insert((self.at, name.to_owned()));
            let message = says!("onbekende naam \"{name}\"", "unknown name \"{name}\"");
            let label =
                says!("{nl} met deze naam is hier niet te lezen", "{en} of this name cannot be read here");
            self.push(Diagnostic::new(Code::UnknownName, span, message).label(label).help(elsewhere));
            return;
        }
        let fitting = self.suggest_name(name, &fits);
        let suggestion = if fitting.is_some() { fitting } else { self.suggest_name(name, |_| true) };
        if self.here().lacks && suggestion.is_none() {
            return;
        }
        let Text { nl, en } = needed;
        let message = says!("onbekende naam \"{name}\"", "unknown name \"{name}\"");
        let owner = self.names.options.get(name).and_then(|&id| self.question(id));
        let owner = owner.filter(|owner| !owner.is_list() && self.names.sees.contains(&owner.span.source));
        let help = match (suggestion, owner) {
            (_, Some(owner)) => {
                let question = owner.name.clone();
                says!(
                    "\"{name}\" is een keuze van vraag \"{question}\": schrijf \"{question} is {name}\"",
                    "\"{name}\" is an option of question \"{question}\": write \"{question} is {name}\""
                )
            }
            (Some(suggestion), None) => suggestion,
            (None, None) => says!(
                "hier hoort {nl}; verbeter de naam, of voeg toe wat zo moet heten",
                "{en} belongs here; mend the name, or add what it should name"
            ),
        };
        self.missed.insert((self.at, name.to_owned()));
        let label = says!("{nl} met deze naam bestaat niet", "{en} of this name does not exist");
        self.push(Diagnostic::new(Code::UnknownName, span, message).label(label).help(help));
    }

    /// Reports a name that exists but is another kind of thing.
    pub(super) fn wrong_kind(
        &mut self,
        name: &str,
        span: Span,
        kind: DeclarationKind,
        needed: &Text,
        help: Text,
    ) {
        let (is, Text { nl, en }) = (a(kind), needed);
        let (is_nl, is_en) = (is.nl, is.en);
        let message = says!(
            "\"{name}\" is {is_nl}, maar hier hoort {nl}",
            "\"{name}\" is {is_en}, but {en} belongs here"
        );
        self.fault(Code::WrongNameKind, span, message, help);
    }

    /// Options may not have the name of a question, part, term or criterion.
    pub(super) fn option_clashes(&mut self, options: &[(Name, QuestionId)]) {
        for (option, question) in options {
            let word = &option.node;
            self.names.options.entry(word.clone()).or_insert(*question);
            let Some(declared) = self.names.shared.get(word).copied() else { continue };
            if matches!(declared.what, Target::Table(_)) {
                continue;
            }
            let Text { nl, en } = the(declared.what.kind());
            let diagnostic = Diagnostic::new(
                Code::OptionClash,
                option.span,
                says!(
                    "de keuze \"{word}\" heet net als {nl} \"{word}\"",
                    "the option \"{word}\" has the name of {en} \"{word}\""
                ),
            )
            .also(declared.span, says!("die staat hier", "which stands here"))
            .help(says!(
                "geef de keuze een andere naam en zet de oude tekst erachter: - {word}_keuze: \"…\"",
                "give the option another name, with the old text behind it: - {word}_keuze: \"…\""
            ));
            self.push(diagnostic);
        }
    }

    /// The declarations that could not be read: lines at the margin where no declaration of the tree starts.
    pub(super) fn note_unread(&mut self, declarations: &[Declaration]) {
        let starts: BTreeSet<u32> = declarations.iter().map(|d| d.span.start).collect();
        let Some(source) = self.diagnostics.source(self.here().source) else { return };
        let mut unread = BTreeSet::new();
        let mut at = 0_usize;
        for line in source.text().split('\n') {
            let start = u32::try_from(at).unwrap_or(u32::MAX);
            at += line.len() + 1;
            let outside = line.starts_with(|c: char| !c.is_whitespace() && c != '#');
            if outside && !starts.contains(&start) {
                let other = |c: char| !(c.is_alphanumeric() || c == '_');
                let before_colon = line.split(':').next().unwrap_or_default().to_lowercase();
                let mut words = before_colon.split(other).filter(|word| !word.is_empty());
                unread.extend(words.next().map(str::to_owned));
                // `vraag Buiten thema: …` was meant to declare `buiten_thema`.
                let name: Vec<&str> = words.take(4).collect();
                unread.extend(name.iter().map(|word| (*word).to_owned()));
                unread.insert(name.join("_"));
            }
        }
        self.names.incomplete |= !unread.is_empty() || declarations.iter().any(|d| d.broken);
        if let Some(facts) = self.files.get_mut(self.at) {
            facts.unread = unread;
        }
    }

    /// What to do about a name that another of the files declares, but that cannot be read here.
    fn elsewhere(&self, name: &str) -> Option<Text> {
        let declared = self.names.shared.get(name)?;
        if self.names.sees.contains(&declared.span.source) {
            return None;
        }
        let owner = self.files.iter().position(|facts| facts.source == declared.span.source)?;
        let (place, of) = (self.where_is(declared.span), &self.files.get(owner)?.header.name);
        let (nl, en) = (place.nl, place.en);
        Some(if matches!(declared.what, Target::Criterion(_)) {
            says!(
                "criterium \"{name}\" staat op {nl}, en een bouwsteen leest niets van wie hem gebruikt: lees het daar",
                "criterion \"{name}\" stands on {en}, and a building block reads nothing of its users: read it there"
            )
        } else if owner == 0 {
            says!(
                "\"{name}\" staat op {nl}, en een bouwsteen leest niets van wie hem gebruikt: zet het in een bouwsteen",
                "\"{name}\" stands on {en}, and a building block reads nothing of its users: put it in a building block"
            )
        } else {
            says!(
                "\"{name}\" staat op {nl}; zet in dit bestand: gebruik {of}",
                "\"{name}\" stands on {en}; write in this file: gebruik {of}"
            )
        })
    }
}
