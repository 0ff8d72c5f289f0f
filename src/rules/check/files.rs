//! The files that are checked together: what each may hold, which names it sees, what it calls its documents.

use std::collections::BTreeMap;

use super::checker::Checker;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::message::source::Span;
use crate::rules::check::facts::{FileFacts, Role};
use crate::rules::check::phrases::{a, without_folders};
use crate::rules::load::Loaded;
use crate::rules::model::{Block, Document};
use crate::rules::syntax::{ClauseBody, Declaration, DeclarationKind, File};

/// The declarations that a building block may hold.
const fn in_block(kind: DeclarationKind) -> bool {
    use DeclarationKind as K;
    matches!(kind, K::Header | K::Import | K::Question | K::Table | K::Part | K::Term)
}

impl Checker<'_> {
    /// Goes to a file: its names are seen from here on.
    pub(super) fn enter_file(&mut self, at: usize) {
        if self.at == at && !self.names.sees.is_empty() {
            return;
        }
        self.at = at;
        if let Some(facts) = self.files.get(at) {
            self.names.sees.clone_from(&facts.sees);
        }
    }

    /// Goes to the file of a declaration.
    pub(super) fn enter(&mut self, declaration: &Declaration) {
        let source = declaration.span.source;
        if self.here().source != source
            && let Some(at) = self.files.iter().position(|facts| facts.source == source)
        {
            self.enter_file(at);
        }
    }

    /// The file where the check stands.
    pub(super) fn here(&self) -> &FileFacts {
        self.files.get(self.at).unwrap_or(&self.nowhere)
    }

    /// The rule file.
    pub(super) fn root(&self) -> Option<&FileFacts> {
        self.files.first()
    }

    /// The rule file judges nothing: it is checked as a building block.
    pub(super) fn is_block(&self) -> bool {
        self.root().is_some_and(|root| root.role == Role::Block)
    }

    /// Whether a declaration of this kind is checked in the file where the check stands.
    pub(super) fn belongs(&self, kind: DeclarationKind) -> bool {
        self.here().role == Role::Meetlat || in_block(kind)
    }

    /// `regel 12`, with the file where that is another one.
    pub(super) fn where_is(&self, span: Span) -> Text {
        if span.source == self.here().source {
            let line = self.line(span);
            return says!("regel {line}", "line {line}");
        }
        self.where_in_file(span)
    }

    /// `regel 12 van landelijk/jeugdwet.meetlat`
    pub(super) fn where_in_file(&self, span: Span) -> Text {
        let line = self.line(span);
        let name = self.diagnostics.source(span.source).map(|source| source.name()).unwrap_or_default();
        says!("regel {line} van {name}", "line {line} of {name}")
    }

    /// Finds out what a file is for, and reports what does not belong in it. `used_at`: where it is used, which only a
    /// building block may be.
    pub(super) fn check_role(&mut self, file: &File, used_at: Option<Span>) {
        let others = || file.declarations.iter().filter(|d| !in_block(d.kind.node));
        let verdict = others().find(|d| d.kind.node == DeclarationKind::Verdict);
        let unread = self.here().unread.clone();
        let role = match used_at {
            Some(_) => Role::Block,
            // A file with criteria or rules was meant to judge.
            None if others().next().is_none() && !unread.contains("oordeel") => Role::Block,
            None => Role::Meetlat,
        };
        let name = self.here().header.name.clone();
        if let Some(facts) = self.files.get_mut(self.at) {
            facts.role = role;
        }
        if role == Role::Meetlat {
            return;
        }
        if verdict.is_none() {
            self.no_partly_in_block(file);
        }
        let Some(used_at) = used_at else { return };
        // What it declares nevertheless is not checked, so a missing reader of it is not reported.
        let names: Vec<String> = others().filter_map(|d| Some(d.name.as_ref()?.node.clone())).collect();
        if let Some(facts) = self.files.get_mut(self.at) {
            facts.unread.extend(names);
        }
        if let Some(verdict) = verdict {
            let diagnostic = Diagnostic::new(
                Code::NotABlock,
                used_at,
                says!("\"{name}\" is geen bouwsteen, maar een meetlat met een eigen oordeel", "\"{name}\" is no building block, but a meetlat with a verdict of its own"),
            )
            .also(verdict.kind.span, says!("hier staat het oordeel", "here stands the verdict"))
            .help(says!(
                "zet wat beide nodig hebben (vragen, tabellen, onderdelen, begrippen) in een bestand zonder oordeel, en gebruik dat",
                "put what both need (questions, tables, parts, terms) in a file without a verdict, and use that"
            ));
            self.push(diagnostic);
            return;
        }
        for other in others() {
            let Text { nl, en } = a(other.kind.node);
            let span = other.name.as_ref().map_or(other.kind.span, |name| name.span);
            let diagnostic = Diagnostic::new(
                Code::NotABlock,
                span,
                says!("in een bouwsteen hoort {nl} niet", "{en} does not belong in a building block"),
            )
            .also(used_at, says!("hier wordt de bouwsteen gebruikt", "here the building block is used"))
            .help(says!(
                "zet het in de meetlat zelf; een bouwsteen heeft vragen, tabellen, onderdelen en begrippen",
                "put it in the meetlat itself; a building block has questions, tables, parts and terms"
            ));
            self.push(diagnostic);
        }
    }

    /// The file that judges says what deels counts for: in another file the clause would have no effect.
    fn no_partly_in_block(&mut self, file: &File) {
        let headers = file.declarations.iter().filter(|d| d.kind.node == DeclarationKind::Header);
        let clauses = headers.flat_map(|header| &header.clauses);
        for clause in clauses.filter(|clause| matches!(clause.body, ClauseBody::PartlyCounts(_))) {
            self.fault(
                Code::ClauseNotHere,
                clause.span,
                says!(
                    "\"deels telt\" hoort niet in een bouwsteen: de meetlat die hem gebruikt, zegt wat deels telt",
                    "\"deels telt\" does not belong in a building block: the meetlat that uses it says what deels counts for"
                ),
                says!(
                    "haal de regel weg; moet dit bestand zelf oordelen, voeg dan een oordeel toe",
                    "remove the line; if this file should judge by itself, add a verdict (oordeel)"
                ),
            );
        }
    }

    /// Adds the documents of the file where the check stands to those of the model. A label that another file has for
    /// another document gets the file's name after it: labels are per file, but a verdict shows them all.
    pub(super) fn name_documents(&mut self, name: &str, documents: Vec<Document>, known: bool) {
        let mut labels = BTreeMap::new();
        for mut document in documents {
            let own = document.label.clone();
            let taken = self.documents.iter().any(|other| other.label == own && *other != document);
            if taken {
                document.label = format!("{own} ({name})");
            }
            labels.insert(own, document.label.clone());
            if !self.documents.contains(&document) {
                self.documents.push(document);
            }
        }
        if let Some(facts) = self.files.get_mut(self.at) {
            facts.labels = labels;
            facts.documents_known = known;
        }
    }

    /// The building blocks of the model.
    pub(super) fn blocks(&self, loaded: &Loaded) -> Vec<Block> {
        let files = self.files.iter().zip(&loaded.files).skip(1);
        let block = |(facts, file): (&FileFacts, &crate::rules::load::LoadedFile)| {
            let header = facts.header.clone();
            Block {
                source: file.source,
                file: without_folders(&file.name),
                sha256: file.sha256.clone(),
                name: header.name,
                title: header.title,
                version: header.version,
                valid_from: header.valid.0,
                valid_until: header.valid.1,
                provenance: header.provenance,
            }
        };
        files.map(block).collect()
    }
}
