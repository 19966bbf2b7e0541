//! The `cargo-kickoff` binary: parse, run, exit code.

fn main() {}
