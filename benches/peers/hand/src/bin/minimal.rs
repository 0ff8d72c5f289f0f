//! The least program: a proposal from the input, the answer to the output.

use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut json = Vec::new();
    std::io::stdin().read_to_end(&mut json)?;
    Ok(std::io::stdout().write_all(&hand::bytes_to_bytes(&json)?)?)
}
