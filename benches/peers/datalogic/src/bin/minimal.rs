//! The least program: a proposal from the input, the answer to the output.

use std::io::Read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut json = String::new();
    std::io::stdin().read_to_string(&mut json)?;
    let engine = peer_datalogic::engine();
    let logic = peer_datalogic::compile(&engine, &peer_datalogic::rules())?;
    println!("{}", engine.session().eval_str(&logic, json.as_str())?);
    Ok(())
}
