//! The items of a list in a world in which every answer is known. In an open list only the items that conditions can tell apart
//! have slots, and its sums are numbers of their own: here the other items are written out so that they add up to those sums.

use crate::evaluate::possible::Possible;
use crate::evaluate::world::{self, Aggregate, World};
use crate::limits::Limits;
use crate::program::nodes::Program;
use crate::rules::model::{Domain, Kind, QuestionId};
use crate::value::number::Number;
use crate::value::values::Value;

/// Every item's fields. None where the answer is not a list, or has more items than a proposal may have.
pub(crate) fn items(
    program: &Program,
    world: &World,
    limits: &Limits,
    list: QuestionId,
) -> Option<Vec<Vec<Value>>> {
    let Some(Kind::List { fields, .. }) = program.domains.get(list.index()).map(|domain| &domain.kind) else {
        return None;
    };
    let Possible::Known(Value::Number(_)) = world.get(list.0) else { return None };
    let count = world.item_count(list)?;
    let slots = world.list(list);
    if count > slots.items && count as usize > limits.list_items {
        return None;
    }
    let mut items: Vec<Vec<Value>> = Vec::new();
    for item in 0..count {
        let item = match slots.items.checked_sub(1) {
            // No condition reads them.
            None => fields.iter().map(|field| any(&field.domain)).collect(),
            // An item without a slot of its own is like one of those that have one.
            Some(last) => (0..slots.fields)
                .map(|field| world.get(slots.slot(item.min(last), field)).known().cloned())
                .collect::<Option<_>>()?,
        };
        items.push(item);
    }
    for sum in world.aggregates.iter().filter(|sum| sum.list == list) {
        let domain = fields.get(sum.field as usize).map(|field| &field.domain)?;
        add_up(world, sum, domain, &mut items);
    }
    Some(items)
}

/// Some answer that is neither geen nor n.v.t.
fn any(domain: &Domain) -> Value {
    let mut possible = world::open(domain, 0);
    if let Possible::Open(set) = &mut possible {
        (set.none, set.not_applicable) = (false, false);
        possible = set.clone().into();
    }
    let first = match possible.as_range() {
        Some(range) => Possible::range(range.lo.clone(), range.lo, range.date, None).known().cloned(),
        None => possible.values(usize::MAX).and_then(|values| values.into_iter().next()),
    };
    match &domain.kind {
        Kind::SomeOf(_) => Value::Choices(0),
        _ => first.unwrap_or(Value::NotApplicable),
    }
}

/// Fills a field that only sums read, so that the right number of items have a value and these add up to the sum.
fn add_up(world: &World, sum: &Aggregate, domain: &Domain, items: &mut [Vec<Value>]) {
    let whole = |slot: u32| world.get(slot).as_range().map(|range| range.lo);
    let all = Number::whole(i64::try_from(items.len()).unwrap_or(i64::MAX));
    let counted = whole(sum.count).unwrap_or_default().min(all);
    let mut left = whole(sum.sum).unwrap_or_default().sub(&counted.mul(&sum.least));
    let span = sum.most.sub(&sum.least);
    let other = if domain.none { Value::None } else { Value::NotApplicable };
    for (at, item) in (0..).zip(items) {
        let Some(field) = item.get_mut(sum.field as usize) else { continue };
        if Number::whole(at) >= counted && (domain.none || domain.not_applicable) {
            *field = other.clone();
            continue;
        }
        // A sum that no rule asks for in this world may be anything: then the items just stay within their range.
        let more = left.clone().min(span.clone()).max(Number::ZERO);
        *field = Value::Number(sum.least.add(&more));
        left = left.sub(&more);
    }
}
