//! The least program: a proposal from the input, the answer to the output.

use std::io::{Read, Write};

fn main() -> Result<(), peer_regorus::Fault> {
    let mut json = Vec::new();
    std::io::stdin().read_to_end(&mut json)?;
    let mut machine = peer_regorus::machine(peer_regorus::compile()?);
    Ok(std::io::stdout().write_all(&peer_regorus::bytes_to_bytes(&mut machine, &json)?)?)
}
