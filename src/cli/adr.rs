//! `cargo kickoff adr`.

pub(super) mod answers;
pub(super) mod place;
pub(super) mod regenerate;
pub(super) mod show;

use super::Session;
use crate::error::Result;

/// Write stubs of missing decision records, and refresh those that are there.
///
/// What was decided is told by what stands in manifests, toolchain, workflows, migrations and compose files: it is quoted, and never
/// presented as anybody's reason. Stubs look like the records that are there already, and are proposed. No file that somebody else wrote
/// is changed; of a stub, only what nobody has touched.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    regenerate: regenerate::Regenerate,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    regenerate::run(&args.regenerate, session)
}
