//! The least program: a proposal from the input, the answer to the output.

use std::io::{Read, Write};

fn main() -> Result<(), peer_cel::Fault> {
    let mut json = Vec::new();
    std::io::stdin().read_to_end(&mut json)?;
    let rules = peer_cel::compile()?;
    Ok(std::io::stdout().write_all(&peer_cel::bytes_to_bytes(&rules, &json)?)?)
}
