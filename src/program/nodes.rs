//! The model laid flat: nodes in order, operands by index, every operand before its user. Made by `compile`, evaluated
//! by `evaluate` over exact values and over sets of possible values.

use std::collections::BTreeMap;

use crate::rules::model::{Domain, Order, QuestionId};
use crate::rules::syntax::{Combining, Operator};
use crate::value::number::Number;
use crate::value::values::Value;

/// Place in [`Program::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// As a place in a list.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One operation. Operands are nodes with lower numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Op {
    /// A fixed value.
    Constant(Value),
    /// The answer to a question that is not a list.
    Answer(QuestionId),
    /// A field of the current item.
    Field(QuestionId, u32),
    /// The proposal's reference date.
    ReferenceDate,
    /// A ja/deels/nee value as a score; the number is what deels counts for.
    LevelScore(NodeId, Number),
    /// All true.
    And(Vec<NodeId>),
    /// One true.
    Or(Vec<NodeId>),
    /// The opposite.
    Not(NodeId),
    /// At least so many true.
    AtLeast(u32, Vec<NodeId>),
    /// Equal to one of these, geen and n.v.t. included.
    Equals(NodeId, Vec<NodeId>),
    /// An ordering; not true when a side is geen or n.v.t.
    Order(NodeId, Order, NodeId),
    /// All options of the mask are chosen.
    Contains(NodeId, u64),
    /// Neither geen nor n.v.t.
    HasValue(NodeId),
    /// The number of options chosen.
    CountChosen(NodeId),
    /// The number of items of a list.
    CountItems(QuestionId),
    /// The sum of a field over a list.
    Sum(QuestionId, u32),
    /// `+ - * /`
    Arithmetic(NodeId, Operator, NodeId),
    /// Days later.
    ShiftDays(NodeId, i64),
    /// Months later.
    ShiftMonths(NodeId, i64),
    /// The year of a date.
    YearOf(NodeId),
    /// A choice translated to another list of words; a word that the other list does not have becomes `u16::MAX`.
    Recode(NodeId, Vec<Option<u16>>),
    /// A table's value: place in [`Program::tables`], and the keys.
    LookUp(u32, Vec<NodeId>),
    /// Over the items of a list: all, or one. The body reads [`Op::Field`].
    Quantified {
        /// All, else one.
        all: bool,
        /// The list.
        list: QuestionId,
        /// Evaluated per item.
        body: NodeId,
    },
    /// The place of the first true condition, as a [`Value::Choice`]; the number of conditions when none is.
    FirstTrue(Vec<NodeId>),
    /// The value at the place that the first node gives.
    Pick(NodeId, Vec<NodeId>),
    /// Scores combined; n.v.t. drops out.
    Combine(Combining, Vec<(NodeId, Number)>),
    /// A straight line, clamped: of, from, score there, to, score there.
    Line(NodeId, Box<[Number; 4]>),
    /// The second where the first is true, else n.v.t.
    OnlyIf(NodeId, NodeId),
    /// The weight where the node has a value, else 0.
    ActiveWeight(NodeId, Number),
    /// Weight times value, 0 where it is n.v.t.
    Weighted(NodeId, Number),
    /// The sum of numbers; none of them is ever n.v.t.
    Plus(Vec<NodeId>),
    /// The quotient; n.v.t. when the divisor is 0.
    Quotient(NodeId, NodeId),
}

impl Op {
    /// The question that it reads itself; a field counts as its list.
    #[must_use]
    pub const fn question(&self) -> Option<QuestionId> {
        match self {
            Self::Answer(of)
            | Self::CountItems(of)
            | Self::Field(of, _)
            | Self::Sum(of, _)
            | Self::Quantified { list: of, .. } => Some(*of),
            _ => None,
        }
    }

    /// Calls `visit` for every operand.
    pub fn operands(&self, mut visit: impl FnMut(NodeId)) {
        match self {
            Self::Constant(_)
            | Self::Answer(_)
            | Self::Field(..)
            | Self::ReferenceDate
            | Self::CountItems(_)
            | Self::Sum(..) => {}
            Self::LevelScore(a, _)
            | Self::Not(a)
            | Self::Contains(a, _)
            | Self::HasValue(a)
            | Self::CountChosen(a)
            | Self::ShiftDays(a, _)
            | Self::ShiftMonths(a, _)
            | Self::YearOf(a)
            | Self::Recode(a, _)
            | Self::Line(a, _)
            | Self::ActiveWeight(a, _)
            | Self::Weighted(a, _)
            | Self::Quantified { body: a, .. } => visit(*a),
            Self::And(of)
            | Self::Or(of)
            | Self::AtLeast(_, of)
            | Self::LookUp(_, of)
            | Self::FirstTrue(of)
            | Self::Plus(of) => of.iter().copied().for_each(visit),
            Self::Equals(a, of) | Self::Pick(a, of) => {
                visit(*a);
                of.iter().copied().for_each(visit);
            }
            Self::Order(a, _, b) | Self::Arithmetic(a, _, b) | Self::OnlyIf(a, b) | Self::Quotient(a, b) => {
                visit(*a);
                visit(*b);
            }
            Self::Combine(_, parts) => parts.iter().for_each(|(part, _)| visit(*part)),
        }
    }
}

/// A table, ready for look-ups.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Keys and value, sorted by keys.
    pub rows: Vec<(Vec<Value>, Value)>,
    /// What a missing key gives.
    pub otherwise: Option<Value>,
}

impl Table {
    /// The value for these keys; `anders` when no row has them; none when there is no `anders` either. Cost: logarithmic.
    #[must_use]
    pub fn find<'a>(&'a self, keys: impl Iterator<Item = &'a Value> + Clone) -> Option<&'a Value> {
        match self.rows.binary_search_by(|(row, _)| row.iter().cmp(keys.clone())) {
            Ok(at) => self.rows.get(at).map(|(_, value)| value),
            Err(_) => self.otherwise.as_ref(),
        }
    }
}

/// The nodes of one criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionNodes {
    /// Its score, n.v.t. where it does not apply. None for one that only shows.
    pub score: Option<NodeId>,
    /// `alleen als`
    pub only_if: Option<NodeId>,
    /// Its share in the total's weights; n.v.t. where it drops out. None where it does not count.
    pub share: Option<NodeId>,
    /// Share times score.
    pub contribution: Option<NodeId>,
    /// The least that its requirement asks.
    pub requirement: Option<Number>,
    /// What its score is made of, for the reason that is given.
    pub made_of: MadeOf,
}

/// What a score is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum MadeOf {
    /// Nothing that a reason could name.
    Direct,
    /// A straight line.
    Line,
    /// The scores of these parts.
    Combined(Combining, Vec<NodeId>),
    /// A ladder: the node that says which line holds.
    Ladder(NodeId),
}

/// A condition or signal: when it applies, and whether it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// `alleen als`
    pub only_if: Option<NodeId>,
    /// `vervuld als`, `als`
    pub holds: NodeId,
}

/// How a list is asked about, which says which lists rules can tell apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListUse {
    /// How many items conditions can tell apart: one per condition over the items, since one item shows that it holds or fails, and
    /// all other items can be like one of these.
    pub items: u32,
    /// The fields that are summed, ascending.
    pub sums: Vec<u32>,
    /// No condition over the items reads a field that is summed.
    pub apart: bool,
}

/// What rules can tell about the options chosen of a `meerdere van` question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChoiceUse {
    /// Options that rules only ask for together, as masks: all that counts is whether all options of a mask are chosen. The other
    /// options are not asked for by name.
    pub groups: Vec<u64>,
    /// Whether the number of options chosen is asked.
    pub counted: bool,
}

impl ChoiceUse {
    /// One set of chosen options for everything that rules can tell apart, given the options that are chosen for certain
    /// and those that may be. None when there are more than `most`.
    #[must_use]
    pub fn sets(&self, must: u64, may: u64, most: usize) -> Option<Vec<u64>> {
        let free = may & !must;
        // Groups of which all may be chosen, and are not yet.
        let whole = |group: &&u64| **group & !(must | may) == 0 && **group & free != 0;
        let groups: Vec<u64> = self.groups.iter().filter(whole).map(|group| group & free).collect();
        let count = u32::try_from(groups.len()).ok().and_then(|n| 1_usize.checked_shl(n));
        if count.is_none_or(|count| count > most) {
            return None;
        }
        let mut found = Vec::new();
        for chosen in 0..count.unwrap_or(0) {
            let (mut set, mut rest) = (must, free);
            for (at, group) in groups.iter().enumerate() {
                if chosen >> at & 1 == 1 {
                    set |= group;
                    rest &= !group;
                } else {
                    // One of the group stays out.
                    rest &= !(group & group.wrapping_neg());
                }
            }
            found.push(set);
            while self.counted && rest != 0 {
                set |= rest & rest.wrapping_neg();
                rest &= rest - 1;
                found.push(set);
            }
            if found.len() > most {
                return None;
            }
        }
        Some(found)
    }
}

/// A compiled meetlat.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// All nodes; operands before users.
    pub nodes: Vec<Op>,
    /// Whether a node reads a field of the current item.
    pub in_item: Vec<bool>,
    /// For each quantified body the nodes below it that read the current item, in order.
    pub bodies: BTreeMap<NodeId, Vec<NodeId>>,
    /// The domain of each question, in the model's order.
    pub domains: Vec<Domain>,
    /// For each list question how it is asked about.
    pub lists: Vec<Option<ListUse>>,
    /// For each question how its options are asked about; only used for `meerdere van`.
    pub choices: Vec<ChoiceUse>,
    /// Tables in the model's order.
    pub tables: Vec<Table>,
    /// Which line of the verdict's ladder holds.
    pub line: NodeId,
    /// The outcome.
    pub outcome: NodeId,
    /// The total.
    pub total: NodeId,
    /// Per route the choice.
    pub routes: Vec<NodeId>,
    /// Per criterion.
    pub criteria: Vec<CriterionNodes>,
    /// Per condition.
    pub conditions: Vec<Gate>,
    /// Per exclusion.
    pub exclusions: Vec<NodeId>,
    /// Per signal.
    pub signals: Vec<Gate>,
    /// The pillars: sums and aggregates over all criteria, exclusions, requirements and conditions, at which a verdict falls apart
    /// into parts.
    pub pillars: Vec<NodeId>,
    /// Whether a node reads a pillar, directly or not.
    pub above_pillar: Vec<bool>,
}

impl Program {
    /// The operation of a node.
    #[must_use]
    pub fn op(&self, node: NodeId) -> &Op {
        static MISSING: Op = Op::Constant(Value::NotApplicable);
        // Node numbers only come from `compile`, so a missing one cannot occur.
        self.nodes.get(node.index()).unwrap_or(&MISSING)
    }
}
