//! The least program: a proposal from the input, the answer to the output.

use std::io::Read;

fn main() -> Result<(), peer_regorus::Fault> {
    let mut json = String::new();
    std::io::stdin().read_to_string(&mut json)?;
    let mut machine = peer_regorus::machine(peer_regorus::compile()?);
    println!("{}", peer_regorus::bytes_to_bytes(&mut machine, &json)?);
    Ok(())
}
