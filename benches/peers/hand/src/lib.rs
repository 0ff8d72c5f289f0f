//! The workload's rules written by hand in Rust, as a good programmer would write them for one rule file: what every engine
//! is held against. Also what all measurements share, in `measure`.

mod answer;
mod input;
mod judge;
pub mod measure;
mod write;

pub use input::Proposal;
pub use judge::judge;
pub use write::write;

/// Form b: typed borrowed reading of the needed fields, verdict and explanation with owned strings, `to_vec`.
///
/// # Errors
/// When the bytes are no proposal.
pub fn bytes_to_bytes(json: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
    let proposal: Proposal<'_> = serde_json::from_slice(json)?;
    serde_json::to_vec(&judge::<String>(&proposal))
}

/// Form b, but for the words of the rules, which are borrowed from the program.
///
/// # Errors
/// When the bytes are no proposal.
pub fn bytes_to_bytes_borrowed(json: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
    let proposal: Proposal<'_> = serde_json::from_slice(json)?;
    serde_json::to_vec(&judge::<&'static str>(&proposal))
}

/// Form b-tight: the same with a writer of its own into a buffer that is used again.
///
/// # Errors
/// When the bytes are no proposal.
pub fn bytes_to_buffer(json: &[u8], out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    let proposal: Proposal<'_> = serde_json::from_slice(json)?;
    out.clear();
    write(&judge(&proposal), out);
    Ok(())
}
