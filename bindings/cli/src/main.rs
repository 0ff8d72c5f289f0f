//! The command line of meetlat: reads files, calls the library, prints what it hands back. It decides nothing.

mod arguments;
mod blocks;
mod builtin;
mod command;
mod engine;
mod files;
mod output;
mod progress;
mod short;
mod tally;
mod usage;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run(std::env::args_os()).into()
}
