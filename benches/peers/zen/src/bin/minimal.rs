//! The least program: a proposal from the input, the answer to the output.

use std::io::{Read, Write};

fn main() -> Result<(), peer_zen::Fault> {
    let mut json = Vec::new();
    std::io::stdin().read_to_end(&mut json)?;
    let decision = peer_zen::compile(&peer_zen::rules())?;
    Ok(std::io::stdout().write_all(&peer_zen::bytes_to_bytes(&decision, &json)?)?)
}
