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

use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    command::run(&arguments, arguments::of_environment(|name| std::env::var_os(name))).into()
}
