//! Shares of all weightings, exactly. Weightings of n criteria are spread evenly over all n weights that add up to 1; the
//! total is then spread as a B-spline with the scores as its knots. The share with a total of at least t is the divided
//! difference of max(x - t, 0)^(n - 1) at the scores (Curry and Schoenberg; Hermite and Genocchi).
//!
//! Where the order of the weights is fixed, the weightings are a simplex too: its corners are the equal weightings of the first k, so
//! the running means of the scores take the place of the scores.

use crate::value::number::Number;

/// The share of all weightings with a total in one of some stretches; 1 where all scores are the same, since the total is
/// then the same too. `scores`: at least one. Cost: square in the scores, per stretch.
#[must_use]
pub fn share(scores: &[Number], stretches: &[(Number, Number)]) -> Number {
    let mut knots = scores.to_vec();
    knots.sort();
    if knots.first() == knots.last() {
        return Number::ONE;
    }
    stretches.iter().fold(Number::ZERO, |sum, (from, until)| {
        sum.add(&at_least(&knots, from)).sub(&at_least(&knots, until))
    })
}

/// The share of the weightings whose weights have the same order as these; of equal weights either may be the greater. None
/// when there are more orders than `most`.
#[must_use]
pub fn share_in_order(
    weighted: &[(Number, Number)],
    stretches: &[(Number, Number)],
    most: u64,
) -> Option<Number> {
    let mut groups: Vec<(Number, Vec<Number>)> = Vec::new();
    let mut sorted: Vec<&(Number, Number)> = weighted.iter().collect();
    sorted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (weight, score) in sorted {
        match groups.last_mut() {
            Some((last, scores)) if last == weight => scores.push(score.clone()),
            _ => groups.push((weight.clone(), vec![score.clone()])),
        }
    }
    if let [(_, only)] = groups.as_slice() {
        return Some(share(only, stretches));
    }
    let mut orders = 1_u64;
    for (_, scores) in &groups {
        orders = orders.checked_mul(distinct_orders(scores)?)?;
    }
    if orders > most {
        return None;
    }
    let mut groups: Vec<Vec<Number>> = groups.into_iter().map(|(_, scores)| scores).collect();
    let mut sum = Number::ZERO;
    loop {
        let means = running_means(groups.iter().flatten());
        sum = sum.add(&share(&means, stretches));
        // Count on: the first group that has a next order.
        let mut more = false;
        for group in &mut groups {
            if next_order(group) {
                more = true;
                break;
            }
        }
        if !more {
            return sum.div(&Number::whole(i64::try_from(orders).ok()?));
        }
    }
}

/// Knots ascend, and are not all the same.
fn at_least(knots: &[Number], t: &Number) -> Number {
    let degree = knots.len().saturating_sub(1);
    // Column by column: differences over 0, 1, 2, … steps.
    let mut column: Vec<Number> = knots.iter().map(|x| term(x, t, degree, 0)).collect();
    for step in 1..knots.len() {
        let mut next = Vec::with_capacity(column.len());
        for ((pair, from), to) in column.windows(2).zip(knots).zip(knots.iter().skip(step)) {
            let [low, high] = pair else { continue };
            next.push(match high.sub(low).div(&to.sub(from)) {
                Some(difference) => difference,
                None => term(from, t, degree, step),
            });
        }
        column = next;
    }
    column.into_iter().next().unwrap_or_default()
}

/// The derivative of max(x - t, 0)^degree, `times` times, over `times` factorial.
fn term(x: &Number, t: &Number, degree: usize, times: usize) -> Number {
    let base = x.sub(t);
    if base.is_negative() || times > degree {
        return Number::ZERO;
    }
    let mut found = Number::ONE;
    for _ in times..degree {
        found = found.mul(&base);
    }
    // Degree over times.
    for k in 0..times {
        let (n, k) = (i64::try_from(degree - k).unwrap_or(0), i64::try_from(k + 1).unwrap_or(1));
        found = found.mul(&Number::fraction(n, k).unwrap_or_default());
    }
    found
}

fn running_means<'a>(scores: impl Iterator<Item = &'a Number>) -> Vec<Number> {
    let mut sum = Number::ZERO;
    (1..)
        .zip(scores)
        .map(|(count, score)| {
            sum = sum.add(score);
            sum.div(&Number::whole(count)).unwrap_or_default()
        })
        .collect()
}

/// How many orders differ. Equal scores stand together. None: more than can be counted.
fn distinct_orders(scores: &[Number]) -> Option<u64> {
    let (mut orders, mut run) = (1_u64, 0_u64);
    for (at, score) in scores.iter().enumerate() {
        run = if at > 0 && scores.get(at - 1) == Some(score) { run + 1 } else { 1 };
        // Stays whole: a product of binomials.
        orders = orders.checked_mul(u64::try_from(at + 1).ok()?)? / run;
    }
    Some(orders)
}

/// The next order, in order; false, and the first one again, after the last.
fn next_order(items: &mut [Number]) -> bool {
    let turn = items.windows(2).rposition(|pair| matches!(pair, [a, b] if a < b));
    let Some(turn) = turn else {
        items.reverse();
        return false;
    };
    let greater = items.get(turn).and_then(|pivot| items.iter().rposition(|item| item > pivot));
    if let Some(greater) = greater {
        items.swap(turn, greater);
    }
    if let Some(rest) = items.get_mut(turn + 1..) {
        rest.reverse();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f(n: i64, d: i64) -> Number {
        Number::fraction(n, d).unwrap()
    }

    #[test]
    fn the_worked_case() {
        let scores = [f(1, 1), f(9, 16), f(1, 1), f(1, 2), f(1, 2)];
        assert_eq!(share(&scores, &[(f(7, 10), f(1, 1))]), f(15984, 30625));
    }

    #[test]
    fn two_and_three_scores_by_hand() {
        // A line: from 1/4 to 1, the part above 1/2 is two thirds.
        assert_eq!(share(&[f(1, 1), f(1, 4)], &[(f(1, 2), f(1, 1))]), f(2, 3));
        // A triangle with corners 0, 1/2, 1: above 1/2 half, above 3/4 an eighth.
        let corners = [f(1, 2), f(0, 1), f(1, 1)];
        assert_eq!(share(&corners, &[(f(1, 2), f(1, 1))]), f(1, 2));
        assert_eq!(share(&corners, &[(f(3, 4), f(1, 1))]), f(1, 8));
        // Two corners the same: the part near the third is a triangle of its own size.
        assert_eq!(share(&[f(0, 1), f(1, 1), f(0, 1)], &[(f(1, 3), f(1, 1))]), f(4, 9));
        assert_eq!(share(&[f(1, 3), f(1, 3)], &[]), Number::ONE);
    }

    #[test]
    fn orders_are_averaged() {
        // With the first weight the greatest, the total lies between its score and the mean.
        let weighted = [(f(2, 1), f(1, 1)), (f(1, 1), f(0, 1))];
        assert_eq!(share_in_order(&weighted, &[(f(3, 4), f(1, 1))], 1), Some(f(1, 2)));
        let tied = [(f(1, 1), f(1, 1)), (f(1, 1), f(0, 1))];
        assert_eq!(share_in_order(&tied, &[(f(3, 4), f(1, 1))], 1), Some(f(1, 4)));
        let three = [(f(2, 1), f(1, 2)), (f(1, 1), f(1, 1)), (f(1, 1), f(0, 1))];
        assert_eq!(share_in_order(&three, &[(f(1, 2), f(1, 1))], 1), None);
        assert_eq!(share_in_order(&three, &[(f(1, 2), f(1, 1))], 2), Some(f(1, 2)));
    }

    #[test]
    fn every_order_once() {
        let mut items = vec![f(0, 1), f(1, 1), f(1, 1), f(2, 1)];
        let mut seen = std::collections::BTreeSet::from([items.clone()]);
        while next_order(&mut items) {
            assert!(seen.insert(items.clone()));
        }
        assert_eq!(Some(u64::try_from(seen.len()).unwrap()), distinct_orders(&items));
        assert_eq!(seen.len(), 12);
    }
}
