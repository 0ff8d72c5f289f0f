//! Writes a corpus as parts that a C program can read without knowing JSON: each part is its length in bytes, a colon and the
//! text; what is not there is a minus sign, and a list begins with its count. Sets of rules first, then calls.
//!
//! ```sh
//! cargo run --example corpus_parts -- corpus.json corpus.parts
//! ```

use std::error::Error;
use std::fs;

use serde_json::Value;

struct Parts(String);

impl Parts {
    fn put(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.0.push_str(&format!("{}:{text}", text.len())),
            None => self.0.push('-'),
        }
    }

    fn count(&mut self, count: usize) {
        self.put(Some(&count.to_string()));
    }

    /// A name and a text; neither when the value is null.
    fn named(&mut self, named: &Value) {
        self.put(named["naam"].as_str());
        self.put(named["tekst"].as_str());
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (from, to) = arguments.next().zip(arguments.next()).ok_or("which files?")?;
    let corpus: Value = serde_json::from_str(&fs::read_to_string(from)?)?;
    let sets = corpus.get("regels").and_then(Value::as_object).ok_or("no regels")?;
    let calls = corpus.get("gevallen").and_then(Value::as_array).ok_or("no gevallen")?;
    let mut parts = Parts(String::new());
    parts.count(sets.len());
    for (name, set) in sets {
        let texts = set["teksten"].as_array().ok_or("no teksten")?;
        let blocks = set["bouwstenen"].as_object().ok_or("no bouwstenen")?;
        parts.put(Some(name));
        parts.count(texts.len());
        texts.iter().for_each(|text| parts.named(text));
        parts.count(blocks.len());
        for (name, block) in blocks {
            parts.put(Some(name));
            parts.named(block);
        }
    }
    parts.count(calls.len());
    for call in calls {
        let targets = call["doelen"].as_array().ok_or("no doelen")?;
        parts.put(call["geval"].as_str());
        parts.put(call["regels"].as_str());
        parts.put(call["doe"].as_str());
        parts.named(&call["voorstel"]);
        parts.put(call["peildatum"].as_str());
        parts.put(call["taal"].as_str());
        parts.count(targets.len());
        targets.iter().for_each(|target| parts.put(target.as_str()));
        parts.put(Some(if call["goed"].as_bool().ok_or("no goed")? { "ja" } else { "nee" }));
        parts.put(call["uit"].as_str());
    }
    fs::write(to, parts.0)?;
    Ok(())
}
