//! The command line of meetlat.
fn main() {}
