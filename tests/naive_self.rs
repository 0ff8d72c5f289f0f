//! The naive evaluator by itself.
mod naive;

#[test]
fn prints() {
    for seed in 0..3 {
        let case = naive::generate::generate(seed);
        println!("{}\n{}\n", case.rules, case.proposal);
    }
}
