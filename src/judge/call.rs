//! What every question to the engine needs, as one value.

use std::sync::Arc;

use crate::evaluate::world::World;
use crate::judge::complete::Plan;
use crate::limits::Limits;
use crate::limits::budget::Budget;
use crate::program::nodes::Program;
use crate::proposal::answers::Proposal;
use crate::rules::model::Model;

/// Rules ready to judge by: what they mean, the program made of it, and how complete proposals go through that.
#[derive(Debug)]
pub struct Compiled {
    /// What the rules mean.
    pub model: Model,
    /// The same laid flat.
    pub program: Program,
    pub(crate) plan: Arc<Plan>,
}

impl Compiled {
    /// From a model and the program that was compiled from it. Cost: linear in its nodes; whatever depends on no answer is evaluated
    /// here.
    #[must_use]
    pub fn new(model: Model, program: Program) -> Self {
        let plan = Arc::new(Plan::new(&program));
        Self { model, program, plan }
    }
}

/// One call: a proposal, the rules that read it, and what may be spent on it.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The rules.
    pub rules: &'a Compiled,
    /// The proposal, read by these rules.
    pub proposal: &'a Proposal,
    /// The limits of the call.
    pub limits: &'a Limits,
    /// The count of its work.
    pub budget: &'a Budget,
}

impl<'a> Call<'a> {
    /// What the rules mean.
    #[must_use]
    pub const fn model(self) -> &'a Model {
        &self.rules.model
    }

    /// The same laid flat.
    #[must_use]
    pub const fn program(self) -> &'a Program {
        &self.rules.program
    }

    /// What every answer of the proposal can still be.
    #[must_use]
    pub fn world(self) -> World {
        World::new(self.program(), self.proposal, self.limits)
    }
}
