//! Writes the corpus to a file: `cargo run -p meetlat-border --example corpus -- corpus.json`.

use std::path::Path;

use meetlat_border::corpus::Corpus;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let corpus = Corpus::make(&root)?;
    std::fs::write(path, serde_json::to_string(&corpus)?)?;
    Ok(())
}
