//! The same evaluations as `bench/run.mjs`, in Rust. For each line on standard input, `rules, proposal, number of rounds` with
//! tabs between, it answers with the nanoseconds of each round's evaluation in the middle.

use std::error::Error;
use std::fs::read_to_string;
use std::hint::black_box;
use std::io::{Write, stdin, stdout};
use std::path::Path;
use std::time::Instant;

use meetlat_border::{How, Language, Named, Rules};

fn main() -> Result<(), Box<dyn Error>> {
    let mut ready: Option<(String, Rules, String)> = None;
    for line in stdin().lines() {
        let line = line?;
        let mut given = line.split('\t');
        let mut next = || given.next().ok_or("rules, proposal, rounds");
        let (file, proposal, times) = (next()?, next()?, next()?.parse::<usize>()?);
        if ready.as_ref().is_none_or(|(of, ..)| of != proposal) {
            let rules = read_to_string(file)?;
            let rules = Rules::compile(
                &[Named::new("regels.meetlat", &rules)],
                &mut |name| {
                    let name = format!("{}.meetlat", name.replace('.', "/"));
                    let text = read_to_string(Path::new(file).with_file_name(&name));
                    text.map(|text| Some((name, text))).map_err(|error| error.to_string())
                },
                Language::Nl,
            )?;
            ready = Some((proposal.to_owned(), rules, read_to_string(proposal)?));
        }
        let Some((_, rules, text)) = &ready else { continue };
        let mut took = Vec::with_capacity(times);
        for _ in 0..times {
            let start = Instant::now();
            black_box(rules.evaluate(Named::new("voorstel.json", black_box(text)), How::default())?);
            took.push(start.elapsed().as_nanos());
        }
        took.sort_unstable();
        writeln!(stdout(), "{}", took.get(times / 2).ok_or("no rounds")?)?;
    }
    Ok(())
}
