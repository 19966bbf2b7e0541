//! The `cargo-kickoff` binary: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_kickoff::cli::main()
}
