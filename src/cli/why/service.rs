//! The service as it was generated last, ready to be generated with other answers.

use camino::{Utf8Path, Utf8PathBuf};

use crate::answers::Answers;
use crate::baseline::{ANSWERS, Baseline, MIGRATIONS, migration_name};
use crate::blueprint::{Blueprint, Migration, Record, Setting};
use crate::cli::generate::{Generated, Request, outside};
use crate::cli::project::Project;
use crate::cli::update::{own_layers, scripts_of};
use crate::cli::{Session, gather};
use crate::error::{Error, Result};
use crate::migration::Scripts;
use crate::skeleton::tree::Tree;
use crate::skeleton::{OwnSkeleton, Skeleton, layer_of};
use crate::succession::Succession;
use crate::trace::history;
use crate::trace::place::{Place, places};
use crate::trace::reach::{Reach, Wanted, reach};
use crate::workspace::Workspace;

/// A place in the answers, and what it reaches of each file that it reaches.
pub(super) type Reached<'p> = (&'p Place, Vec<(Utf8PathBuf, Reach)>);

/// The service.
pub(super) struct Service {
    /// What was generated last.
    pub(super) baseline: Baseline,
    /// The text of the answers it was generated from.
    pub(super) text: String,
    /// Every place in them.
    pub(super) places: Vec<Place>,
    answers: Answers,
    own: OwnSkeleton,
    workspace: Option<Workspace>,
    succession: Succession,
    blueprint: Blueprint,
    /// The migrations that a new project would have.
    fresh: Scripts,
}

impl Service {
    /// Reads what was generated last, and draws the service from its answers.
    pub(super) fn load(
        project: &Project,
        layers: Option<&Utf8Path>,
        session: &Session,
    ) -> Result<Service> {
        let baseline = project.baseline()?;
        let own = own_layers(&baseline.origin, layers, session)?;
        let workspace = match baseline.origin.setting() {
            Setting::Member => project.workspace(&session.context)?,
            Setting::Standalone => None,
        };
        let text = baseline.get(ANSWERS).unwrap_or(&project.text).to_owned();
        let answers = gather::read(&text, ANSWERS).map_err(|error| {
            error.hint("`cargo kickoff update` brings the project to this version of kickoff")
        })?;
        let succession = Succession::new(&baseline, &answers, &answers, []);
        let mut blueprint = Blueprint::draw(&answers, baseline.origin.setting())
            .map_err(|_| Error::failed("this version of kickoff cannot generate from the answers that the project was generated from")
                .hint("change them in `kickoff.toml`, and run `cargo kickoff update`"))?;
        succession.number(&mut blueprint);
        let is_script = |path: &Utf8Path| migration_name(path).is_some();
        let fresh = scripts_of(&Skeleton::new(&own)?.lay(&blueprint, &is_script)?);
        Ok(Service {
            fresh,
            places: places(&answers),
            baseline,
            text,
            answers,
            own,
            workspace,
            succession,
            blueprint,
        })
    }

    /// The wanted files as this version generates them from the same answers.
    pub(super) fn tree(&self, wanted: Wanted<'_>) -> Result<Tree> {
        let mut skeleton = Skeleton::new(&self.own)?;
        Ok(self.generate(&self.answers, &mut skeleton, wanted)?.tree)
    }

    /// What the answer at each place reaches among the wanted files of `tree`.
    pub(super) fn reaches<'p>(
        &self,
        places: impl IntoIterator<Item = &'p Place>,
        tree: &Tree,
        wanted: &(dyn Fn(&Utf8Path) -> bool + Sync),
    ) -> Result<Vec<Reached<'p>>> {
        let places: Vec<_> = places.into_iter().collect();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let every = |first: usize| -> Result<Vec<_>> {
            let mut skeleton = Skeleton::new(&self.own)?;
            let mut lay = |answers: &Answers, wanted: Wanted<'_>| {
                let generated = self.generate(answers, &mut skeleton, wanted);
                generated.ok().map(|generated| generated.tree)
            };
            let places = places.iter().enumerate().skip(first).step_by(threads);
            let reached = places.map(|(at, place)| {
                let files = reach(&self.answers, place, tree, wanted, &mut lay);
                (at, *place, files.into_iter().collect())
            });
            Ok(reached.collect())
        };
        let mut reached = Vec::with_capacity(places.len());
        std::thread::scope(|scope| {
            let started: Vec<_> = (0..threads.min(places.len()))
                .map(|first| {
                    scope.spawn({
                        let every = &every;
                        move || every(first)
                    })
                })
                .collect();
            for thread in started {
                reached.extend(thread.join().expect("it ends without a panic")?);
            }
            Ok::<_, Error>(())
        })?;
        reached.sort_by_key(|(at, ..)| *at);
        let reached = reached.into_iter();
        Ok(reached.map(|(_, place, files)| (place, files)).collect())
    }

    /// Generates the wanted files. Where the migrations lead to the schema in steps, they keep what these answers would have left of them.
    fn generate(
        &self,
        answers: &Answers,
        skeleton: &mut Skeleton<'_>,
        wanted: Wanted<'_>,
    ) -> Result<Generated> {
        let request = Request {
            answers,
            answers_text: &self.text,
            origin: self.baseline.origin.clone(),
            workspace: self.workspace.as_ref(),
            own: &self.own,
        };
        let number = |blueprint: &mut Blueprint| self.succession.number(blueprint);
        if self.fresh == self.baseline.migrations() {
            return request.generate_some(skeleton, wanted, number);
        }
        let is_script = |path: &Utf8Path| migration_name(path).is_some();
        let fresh = scripts_of(&request.generate_some(skeleton, &is_script, number)?.tree);
        let left = history::left(&self.baseline.migrations(), &self.fresh, &fresh);
        let mut generated = request.generate_some(
            skeleton,
            &|path| wanted(path) && !is_script(path),
            |blueprint| {
                self.succession.number(blueprint);
                blueprint.migrations = left.keys().filter_map(Migration::of_file).collect();
            },
        )?;
        for (name, text) in left {
            let path = Utf8PathBuf::from(format!("{MIGRATIONS}/{name}"));
            if wanted(&path) {
                generated.tree.insert(path, text).map_err(outside)?;
            }
        }
        Ok(generated)
    }

    /// The decision record that carries a subject.
    pub(super) fn record(&self, subject: &str) -> Option<&Record> {
        let file = self.blueprint.record_of.get(subject)?;
        self.blueprint
            .records
            .iter()
            .find(|record| record.file == *file)
    }

    /// Which layer a file comes from, in words.
    pub(super) fn brought_by(&self, path: &Utf8Path) -> Result<Option<&'static str>> {
        Ok(layer_of(path, &self.blueprint, &self.own)?.map(|layer| layer.brought_by))
    }
}
