use meetlat::{Language, Meetlat};
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let text = std::fs::read_to_string(&args[0]).unwrap();
    let t = std::time::Instant::now();
    let limits = meetlat::Limits {
        search_steps: std::env::var("STEPS").ok().and_then(|s| s.parse().ok()).unwrap_or(20000),
        ..Default::default()
    };
    let parsed = Meetlat::parse_with(&args[0], &text, &limits);
    println!("{:?}: {} diagnostics", t.elapsed(), parsed.diagnostics.len());
    print!("{}", meetlat::render::render(&parsed.diagnostics, Language::Nl, false));
    let Some(m) = parsed.meetlat else { return };
    for p in &args[1..] {
        if p == "test" {
            let t = std::time::Instant::now();
            for tr in m.run_examples() {
                println!("{} {:?}", tr.title, tr.failures);
            }
            println!("{:?}", t.elapsed());
            continue;
        }
        if p == "meaning" {
            let t = std::time::Instant::now();
            print!("{}", meetlat::render::render(&m.check_meaning(), Language::Nl, false));
            println!("{:?}", t.elapsed());
            continue;
        }
        let json = std::fs::read_to_string(p).unwrap();
        match m.read(p, &json, None) {
            Err(d) => print!("{}", meetlat::render::render(&d, Language::Nl, false)),
            Ok(pr) => {
                let t = std::time::Instant::now();
                let j = m.judge(&pr);
                let e = t.elapsed();
                println!(
                    "{p}: {:?} outcomes {:?} routes {:?} exact {} steps {} completions {:?} combos {} total {:?} open {:?}",
                    e,
                    j.outcomes,
                    j.routes,
                    j.exact,
                    j.steps,
                    j.completions.as_ref().map(|c| c.to_fraction_string().len()),
                    j.combinations.len(),
                    j.total,
                    j.open.iter().map(|o| o.pointer.as_str()).collect::<Vec<_>>().len()
                );
                if std::env::var("TEXT").is_ok() {
                    println!("{}", m.evaluate(&pr).to_text(Language::Nl));
                }
            }
        }
    }
}
