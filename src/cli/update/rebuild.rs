//! A baseline that was lost or changed is made anew.

use super::How;
use super::prepare::own_layers;
use crate::baseline::{self, Origin};
use crate::blueprint::Setting;
use crate::cli::Session;
use crate::cli::generate::Request;
use crate::cli::project::Project;
use crate::error::{Result, exit};
use crate::plan::exchange::{self, Exchange};
use crate::plan::snapshot::{Entry, Snapshot};
use crate::vcs::Vcs;

pub(super) fn run(project: &Project, how: &How, session: &Session) -> Result<u8> {
    let workspace = project.workspace(&session.context)?;
    let is_member = workspace.as_ref().is_some_and(|workspace| {
        let members = workspace.members.iter();
        { members }.any(|member| workspace.root.join(member) == project.root)
    });
    let (setting, workspace) = match is_member {
        true => (Setting::Member, workspace),
        false => (Setting::Standalone, None),
    };
    let vcs = match project.root {
        _ if is_member => Vcs::None,
        _ if project.root.join(".hgignore").exists() => Vcs::Hg,
        _ if project.root.join(".ignore").exists() => Vcs::Pijul,
        _ if project.root.join(".fossil-settings").exists() => Vcs::Fossil,
        _ => Vcs::Git,
    };
    let origin = Origin::new(setting, vcs, how.skeleton.is_some());
    let own = own_layers(&origin, how.skeleton.as_deref(), session)?;
    let request = Request {
        answers: &project.answers,
        answers_text: &project.text,
        origin,
        workspace: workspace.as_ref(),
        own: &own,
    };
    let mut tree = request.generate(|_| {})?.tree;
    let baseline = request.add_baseline(&mut tree, None)?;
    let snapshot = Snapshot::read(&project.root, baseline.iter().map(|(path, _)| path))?;
    let mut same = 0;
    let mut all = 0;
    for (path, text) in baseline.iter() {
        all += 1;
        let is_same = match snapshot.get(path) {
            Some(Entry::File(bytes)) => bytes == text.as_bytes(),
            _ => false,
        };
        same += usize::from(is_same);
        if !is_same {
            session.shell.verbose(format_args!("differs: {path}"));
        }
    }
    session.shell.status("Compared", format_args!(
        "{same} of {all} files are as this version generates them; what differs counts as changed by you"
    ));
    if how.dry_run {
        return Ok(exit::DONE);
    }
    let path = project.root.join(baseline::PATH);
    let file = Exchange {
        path: baseline::PATH.into(),
        old: match path.exists() {
            true => Some(super::prepare::read(&path)?),
            false => None,
        },
        new: Some(baseline.encode()),
    };
    exchange::exchange(&project.root, &[file], |_| Ok(()))?;
    session.shell.status("Rebuilt", baseline::PATH);
    Ok(exit::DONE)
}
