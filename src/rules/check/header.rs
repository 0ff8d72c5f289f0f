//! `meetlat`: name, version, validity, documents, what deels counts for.

use super::checker::Checker;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::rules::check::facts::Header;
use crate::rules::check::literals::percent;
use crate::rules::model::Document;
use crate::rules::syntax::{ClauseBody, Declaration, DeclarationKind, DocumentDate, File, Literal};
use crate::value::date::MONTHS;
use crate::value::number::Number;

impl Checker<'_> {
    pub(super) fn check_header(&mut self, file: &File) -> Header {
        let mut headers = file.declarations.iter().filter(|d| d.kind.node == DeclarationKind::Header);
        let Some(declaration) = headers.next() else {
            self.name_documents("", Vec::new(), false);
            if !self.is_excused("meetlat") && !self.here().skipped {
                let start = Span::new(self.here().source, 0, 0);
                let span = file.declarations.first().map_or(start, |d| d.kind.span);
                self.fault(
                    Code::HeaderMissing,
                    span,
                    says!("het bestand heeft geen kop", "the file has no header"),
                    says!(
                        "begin met: meetlat <naam>: \"<titel>\"",
                        "begin with: meetlat <name>: \"<title>\""
                    ),
                );
            }
            return Header { partly_excused: true, ..Header::default() };
        };
        for second in headers {
            let diagnostic = Diagnostic::new(
                Code::HeaderMissing,
                second.kind.span,
                says!("een tweede kop in hetzelfde bestand", "a second header in the same file"),
            )
            .also(declaration.kind.span, says!("de eerste staat hier", "the first stands here"))
            .help(says!("houd één kop (meetlat) per bestand", "keep one header (meetlat) per file"));
            self.push(diagnostic);
        }
        self.read_header(declaration)
    }

    fn read_header(&mut self, declaration: &Declaration) -> Header {
        let mut header = Header {
            name: declaration.name.as_ref().map(|name| name.node.clone()).unwrap_or_default(),
            title: declaration.title.as_ref().map(|title| title.node.clone()).unwrap_or_default(),
            span: declaration.name.as_ref().map_or(declaration.kind.span, |name| name.span),
            partly_excused: declaration.broken,
            ..Header::default()
        };
        let mut documents = Vec::new();
        let mut labels: Vec<(&str, Span)> = Vec::new();
        let clauses = self.admit(declaration);
        for clause in &clauses {
            match &clause.body {
                ClauseBody::Version(version) => header.version.clone_from(&version.node),
                ClauseBody::Valid { from, until } => {
                    header.valid = (Some(from.node), until.as_ref().map(|until| until.node));
                    header.valid_span = Some(clause.span);
                    if let Some(until) = until.as_ref().filter(|until| until.node < from.node) {
                        self.fault(
                            Code::BadRange,
                            until.span,
                            says!("het einde ligt voor het begin", "the end lies before the start"),
                            says!("draai de datums om", "turn the dates around"),
                        );
                    }
                }
                ClauseBody::Document { label, title, date } => {
                    let first = labels.iter().find(|(known, _)| *known == label.node).map(|(_, span)| *span);
                    if let Some(first) = first {
                        self.double_item(label, first, &says!("de bron", "the source"));
                        continue;
                    }
                    labels.push((&label.node, label.span));
                    documents.push(Document {
                        label: label.node.clone(),
                        title: title.node.clone(),
                        date: date.as_ref().map(|date| words(date.node)),
                    });
                }
                ClauseBody::PartlyCounts(_) => header.partly_excused = true,
                _ => {}
            }
        }
        self.name_documents(&header.name, documents, !declaration.broken);
        for clause in &clauses {
            let ClauseBody::PartlyCounts(literal) = &clause.body else { continue };
            if let Some(value) = self.score_percent(literal) {
                header.partly = Some((value, self.ground("deels telt", clause.ground.as_ref())));
            }
        }
        header.provenance = self.provenance(declaration, &clauses);
        header
    }

    /// A percentage from 0% to 100%, as a fraction of one.
    pub(super) fn score_percent(&mut self, literal: &Spanned<Literal>) -> Option<Number> {
        let text = self.text(literal.span);
        match &literal.node {
            Literal::Percent(number) => {
                let value = percent(number);
                if value.is_negative() || value > Number::ONE {
                    self.fault(
                        Code::OutOfRange,
                        literal.span,
                        says!(
                            "\"{text}\" ligt niet tussen 0% en 100%",
                            "\"{text}\" does not lie between 0% and 100%"
                        ),
                        says!(
                            "kies een percentage van 0% tot en met 100%",
                            "choose a percentage from 0% to 100%"
                        ),
                    );
                    return None;
                }
                Some(value)
            }
            Literal::Number(_) => {
                self.fault(
                    Code::PercentAgainstNumber,
                    literal.span,
                    says!("\"{text}\" mist het procentteken", "\"{text}\" lacks the percent sign"),
                    says!("schrijf {text}%", "write {text}%"),
                );
                None
            }
            _ => {
                self.fault(
                    Code::KindMismatch,
                    literal.span,
                    says!("\"{text}\" is geen percentage", "\"{text}\" is no percentage"),
                    says!("schrijf een percentage, zoals 50%", "write a percentage, such as 50%"),
                );
                None
            }
        }
    }
}

/// The date of a document in words.
fn words(date: DocumentDate) -> String {
    match date {
        DocumentDate::Day(day) => day.to_string(),
        DocumentDate::Month(year, month) => {
            let name = MONTHS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default();
            format!("{name} {year}")
        }
        DocumentDate::Year(year) => year.to_string(),
    }
}
