use super::*;
use crate::limits::Limits;

fn poly(base: i64, terms: &[(&[Slot], i64)]) -> Poly {
    terms.iter().fold(Poly::fixed(Number::whole(base)), |sum, (slots, factor)| {
        let product =
            slots.iter().fold(Poly::fixed(Number::whole(*factor)), |p, slot| p.mul(&Poly::of(*slot)));
        sum.add(&product)
    })
}

/// Numbers from 0 to below what is asked, always the same ones.
fn dice(mut seed: u64) -> impl FnMut(i64) -> i64 {
    move |below| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((seed >> 33) % u64::try_from(below).unwrap()).unwrap()
    }
}

fn within(stretches: &[Stretch], at: i64) -> bool {
    let at = Number::whole(at);
    stretches.iter().any(|s| s.first <= at && at <= s.last && at.sub(&s.first).is_multiple_of(&s.every))
}

/// Every system of a few small kinds, compared with trying every value.
#[test]
fn like_trying_every_value() {
    let budget = Budget::new(&Limits { search_steps: u64::MAX, ..Limits::default() });
    let solver = Solver::new(&budget);
    let mut next = dice(7);
    let mut unknown = 0;
    for round in 0..6_000 {
        let ends: Vec<(i64, i64)> = (0..3).map(|_| (next(4) - 3, next(5) + 1)).collect();
        let mut rows = Vec::new();
        for _ in 0..=next(4) {
            let mut terms: Vec<(&[Slot], i64)> =
                vec![(&[0], next(9) - 4), (&[1], next(9) - 4), (&[2], next(7) - 3)];
            if next(4) == 0 {
                terms.push((&[0, 1], next(5) - 2));
            }
            if next(6) == 0 {
                terms.push((&[2, 2], next(5) - 2));
            }
            let row = poly(next(13) - 6, &terms);
            if next(3) == 0 {
                rows.push(row.scale(&Number::whole(-1)));
            }
            rows.push(row);
        }
        let domains =
            (0..).zip(&ends).map(|(s, (a, b))| (s, (Number::whole(*a), Number::whole(*b)))).collect();
        let system = System { rows, domains, ..System::default() };
        let mut can_be = vec![Vec::new(); 3];
        for x in ends[0].0..=ends[0].1 {
            for y in ends[1].0..=ends[1].1 {
                for z in ends[2].0..=ends[2].1 {
                    let at = |slot: Slot| Number::whole([x, y, z][slot as usize]);
                    if system.rows.iter().all(|row| !row.at(&at).is_negative()) {
                        can_be[0].push(x);
                        can_be[1].push(y);
                        can_be[2].push(z);
                    }
                }
            }
        }
        match system.fits(&solver).unwrap() {
            Some(fits) => assert_eq!(fits, !can_be[0].is_empty(), "{round} {system:?}"),
            None => unknown += 1,
        }
        // What one can be is asked only where there is an answer.
        for slot in (0..3_u32).filter(|_| !can_be[0].is_empty()) {
            let Some(found) = system.can_be(slot, &solver).unwrap() else {
                unknown += 1;
                continue;
            };
            for at in -4..=7 {
                let is = can_be[slot as usize].contains(&at);
                assert_eq!(within(&found, at), is, "{round} slot {slot} at {at}: {found:?} of {system:?}");
            }
        }
        if let Some(point) = system.point(&solver).unwrap() {
            let at = |slot: Slot| point[&slot].clone();
            assert!(system.rows.iter().all(|row| !row.at(&at).is_negative()), "{round} {system:?} {point:?}");
        }
    }
    assert_eq!(unknown, 0);
}

/// Dates and their faces, compared with trying every day.
#[test]
fn faces_like_trying_every_day() {
    let budget = Budget::new(&Limits { search_steps: u64::MAX, ..Limits::default() });
    let solver = Solver::new(&budget);
    let mut next = dice(11);
    let starts = [(2023, 1, 20), (2024, 1, 15), (2023, 12, 1), (2023, 11, 25), (9999, 10, 1), (1, 1, 1)];
    let mut unknown = 0;
    for round in 0..1_500 {
        // Two or three dates near each other, and a small number.
        let (year, month, day) = starts[usize::try_from(next(6)).unwrap()];
        let start = i64::from(crate::value::date::Date::new(year, month, day).unwrap().day_number());
        let dates: Slot = if round % 5 == 0 { 3 } else { 2 };
        let (apart, most) = if dates == 3 { (35, 14) } else { (30, 60) };
        let mut ends: Vec<(i64, i64)> = Vec::new();
        for _ in 0..dates {
            let from = start + next(apart);
            ends.push((from, (from + 5 + next(most)).min(3_652_059)));
        }
        ends.push((0, 3));
        let domains: BTreeMap<Slot, (Number, Number)> =
            (0..).zip(&ends).map(|(slot, (a, b))| (slot, (Number::whole(*a), Number::whole(*b)))).collect();
        let mut faces: BTreeMap<Slot, Calendar> = BTreeMap::new();
        for face in 100..=100 + Slot::try_from(next(3)).unwrap() {
            let months = [Some(1), Some(-1), Some(12), Some(3), Some(-2), None];
            let months = months[usize::try_from(next(6)).unwrap()];
            let mut slot = Slot::try_from(next(i64::from(dates))).unwrap();
            // Now and then a face of a face.
            if next(4) == 0 && faces.get(&(face - 1)).is_some_and(|inner: &Calendar| inner.months.is_some()) {
                slot = face - 1;
            }
            faces.insert(face, Calendar::there(slot, next(3) - 1, months));
        }
        let mut rows = Vec::new();
        for _ in 0..=next(if dates == 3 { 5 } else { 3 }) {
            // Differences of two or three, of those that count days or of years.
            let years = next(4) == 0;
            let read = |(slot, face): (&Slot, &Calendar)| (face.months.is_none() == years).then_some(*slot);
            let mut all: Vec<Slot> = faces.iter().filter_map(read).collect();
            if years {
                all.push(dates)
            } else {
                all.extend(0..dates)
            }
            let pick = |at: i64| all[usize::try_from(at).unwrap() % all.len()];
            let (a, b) = (pick(next(60)), pick(next(60)));
            let mut row = Poly::of(a).sub(&Poly::of(b));
            let middle = if years && (a == dates) != (b == dates) {
                row = Poly::of(b).add(&Poly::of(a));
                -i64::from(year)
            } else {
                next(80) - 40
            };
            row = row.add(&Poly::fixed(Number::whole(middle + next(3) - 1)));
            if next(3) == 0 {
                row = row.add(&Poly::of(dates));
            }
            if next(4) == 0 {
                rows.push(row.scale(&Number::whole(-1)).sub(&Poly::fixed(Number::whole(next(2)))));
            }
            rows.push(row);
        }
        if dates == 3 && next(2) == 0 {
            // In a ring: each holds the next between two ends.
            rows.clear();
            faces.clear();
            let months = [1, 2, -1][usize::try_from(next(3)).unwrap()];
            faces.insert(100, Calendar::there(0, 0, Some(months)));
            faces.insert(101, Calendar::there(1, 0, Some(1)));
            let first = next(2) == 0;
            let mut not_before = |one: Slot, other: Slot, days: i64| {
                let days = Number::whole(days + next(40) - 20);
                rows.push(Poly::of(one).sub(&Poly::of(other)).add(&Poly::fixed(days)));
            };
            if first {
                not_before(100, 1, -30 * months);
                not_before(2, 0, 0);
                not_before(101, 2, -30);
            } else {
                not_before(1, 100, 30 * months);
                not_before(0, 2, 0);
                not_before(2, 101, 30);
            }
        }
        let system = System { rows, domains, faces };
        let mut can_be: Vec<BTreeSet<i64>> = vec![BTreeSet::new(); ends.len()];
        let mut answers: Vec<i64> = ends.iter().map(|(from, _)| *from).collect();
        loop {
            let at = |slot: Slot| {
                let base = answers[system.base(slot) as usize];
                system.on(slot, &Number::whole(base))
            };
            if system.rows.iter().all(|row| !row.at(&at).is_negative()) {
                answers.iter().zip(&mut can_be).for_each(|(at, all)| {
                    all.insert(*at);
                });
            }
            // The next, like a counter.
            let mut more = false;
            for (at, (from, to)) in answers.iter_mut().zip(&ends) {
                more = *at < *to;
                *at = if more { *at + 1 } else { *from };
                if more {
                    break;
                }
            }
            if !more {
                break;
            }
        }
        match system.fits(&solver).unwrap() {
            Some(fits) => assert_eq!(fits, !can_be[0].is_empty(), "{round} {system:?}"),
            None => unknown += 1,
        }
        for slot in (0..=dates).filter(|_| !can_be[0].is_empty()) {
            let Some(found) = system.can_be(slot, &solver).unwrap() else {
                unknown += 1;
                continue;
            };
            let (from, to) = ends[slot as usize];
            for at in from - 2..=to + 2 {
                let is = can_be[slot as usize].contains(&at);
                assert_eq!(within(&found, at), is, "{round} slot {slot} at {at}: {found:?} of {system:?}");
            }
        }
        if let Some(point) = system.point(&solver).unwrap() {
            let at = |slot: Slot| system.on(slot, &point[&system.base(slot)]);
            assert!(system.rows.iter().all(|row| !row.at(&at).is_negative()), "{round} {system:?} {point:?}");
        }
    }
    assert_eq!(unknown, 0);
}

/// Numbers that are too many to try.
#[test]
fn multiples_and_products_of_any_size() {
    let budget = Budget::new(&Limits::default());
    let solver = Solver::new(&budget);
    let far = Number::nines(30, 0);
    let domains: BTreeMap<Slot, (Number, Number)> =
        [(0, (Number::ONE, Number::whole(5_000))), (1, (Number::ZERO, Number::whole(10_000_000)))].into();
    let equal = poly(0, &[(&[0], 2_500), (&[1], -1)]);
    let system =
        System { rows: vec![equal.clone(), equal.scale(&Number::whole(-1))], domains, ..System::default() };
    let every =
        Stretch { first: Number::whole(2_500), last: Number::whole(10_000_000), every: Number::whole(2_500) };
    assert_eq!(system.can_be(1, &solver).unwrap(), Some(vec![every]));
    assert_eq!(
        system.can_be(0, &solver).unwrap(),
        Some(vec![Stretch::all(Number::ONE, Number::whole(4_000))])
    );
    let product = System {
        rows: vec![poly(-100_001, &[(&[0, 1], 1)])],
        domains: [(0, (Number::ZERO, far.clone())), (1, (Number::ZERO, far.clone()))].into(),
        ..System::default()
    };
    assert_eq!(product.can_be(0, &solver).unwrap(), Some(vec![Stretch::all(Number::ONE, far)]));
    assert!(budget.used() < 200);
}
