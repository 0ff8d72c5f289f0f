//! What can be asked of rules.

use meetlat_border::{How as Border, Named as Proposal};

use crate::borrow;
use crate::give::{Fault, call};
use crate::types::{Code, How, Named, Owned, Rules, Text};

/// Gives the verdict on a proposal, on one line.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "exported by its name, and trusts its caller's pointers")]
pub unsafe extern "C" fn meetlat_evaluate(
    rules: *const Rules,
    proposal: Named,
    how: How,
    document: *mut Owned,
) -> Code {
    of_proposal(rules, proposal, how, document, |rules, proposal, how| Ok(rules.evaluate(proposal, how)?))
}

/// Gives the question that is best answered next, on one line.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "exported by its name, and trusts its caller's pointers")]
pub unsafe extern "C" fn meetlat_next(
    rules: *const Rules,
    proposal: Named,
    how: How,
    document: *mut Owned,
) -> Code {
    of_proposal(rules, proposal, how, document, |rules, proposal, how| Ok(rules.next(proposal, how)?))
}

/// Gives the smallest changes that lead to other outcomes, on one line. targets: outcomes by name, or route=keuze; none:
/// every outcome.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "exported by its name, and trusts its caller's pointers")]
pub unsafe extern "C" fn meetlat_improve(
    rules: *const Rules,
    proposal: Named,
    targets: *const Text,
    count: usize,
    how: How,
    document: *mut Owned,
) -> Code {
    of_proposal(rules, proposal, how, document, |rules, proposal, how| {
        let language = how.language();
        let targets = borrow::row(targets, count, "targets", language)?;
        let targets = borrow::each(targets, "targets", |target, what| borrow::text(target, what, language))?;
        Ok(rules.improve(proposal, &targets, how)?)
    })
}

/// Gives why the outcome is what it is, on one line. answers: down to single answers.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "exported by its name, and trusts its caller's pointers")]
pub unsafe extern "C" fn meetlat_why(
    rules: *const Rules,
    proposal: Named,
    answers: bool,
    how: How,
    document: *mut Owned,
) -> Code {
    of_proposal(rules, proposal, how, document, |rules, proposal, how| Ok(rules.why(proposal, answers, how)?))
}

/// Gives how firm the verdict is when weights and thresholds move, on one line.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "exported by its name, and trusts its caller's pointers")]
pub unsafe extern "C" fn meetlat_firmness(
    rules: *const Rules,
    proposal: Named,
    how: How,
    document: *mut Owned,
) -> Code {
    of_proposal(rules, proposal, how, document, |rules, proposal, how| Ok(rules.firmness(proposal, how)?))
}

/// Gives the JSON schema of proposals.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "exported by its name, and trusts its caller's pointers")]
pub unsafe extern "C" fn meetlat_schema(rules: *const Rules, how: How, document: *mut Owned) -> Code {
    of_rules(rules, how, document, |rules, how| Ok(rules.schema(how)?))
}

/// Gives a proposal in which every question is open.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "exported by its name, and trusts its caller's pointers")]
pub unsafe extern "C" fn meetlat_empty_proposal(rules: *const Rules, how: How, document: *mut Owned) -> Code {
    of_rules(rules, how, document, |rules, how| Ok(rules.empty_proposal(how)?))
}

fn of_rules(
    rules: *const Rules,
    how: How,
    document: *mut Owned,
    ask: impl FnOnce(&meetlat_border::Rules, &Border) -> Result<String, Fault>,
) -> Code {
    call(document, how.language, |language| {
        let rules = borrow::one(rules, "rules", language)?;
        ask(&rules.0, &borrow::how(how, language)?)
    })
}

fn of_proposal(
    rules: *const Rules,
    proposal: Named,
    how: How,
    document: *mut Owned,
    ask: impl FnOnce(&meetlat_border::Rules, Proposal<'_>, &Border) -> Result<String, Fault>,
) -> Code {
    of_rules(rules, how, document, |rules, how| {
        let proposal = borrow::named(proposal, "proposal", how.language())?;
        ask(rules, proposal, how)
    })
}
