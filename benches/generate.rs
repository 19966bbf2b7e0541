//! Generation in this process for 10, 100 and 1,000 entities: the cost must grow with the answers, not with their square.
//!
//! `cargo bench --bench generate`. The exponent is the slope between two sizes on logarithmic axes: 1 is linear, 2 is quadratic.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/answers.rs"]
mod answers;
#[path = "support/median.rs"]
mod median;

use std::hint::black_box;
use std::time::{Duration, Instant};

use cargo_kickoff::answers::file;
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::skeleton::{OwnSkeleton, lay};

/// Entities in each run.
const SIZES: [usize; 3] = [10, 100, 1_000];
/// A size is run again until this long has passed, and at least [`FEWEST`] times.
const PATIENCE: Duration = Duration::from_secs(2);
const FEWEST: usize = 5;

fn main() {
    let texts = SIZES.map(answers::answers_with_entities);
    println!("entities  step    median, ms   per entity, µs   exponent");
    report("read", &texts, |text| {
        black_box(file::read(text, "kickoff.toml")).is_ok()
    });
    let answers = texts.map(|text| file::read(&text, "kickoff.toml").expect("valid answers"));
    report("draw", &answers, |answers| {
        black_box(Blueprint::draw(answers, Setting::Standalone)).is_ok()
    });
    let blueprints = answers
        .each_ref()
        .map(|answers| Blueprint::draw(answers, Setting::Standalone).expect("answers agree"));
    let own = OwnSkeleton::default();
    report("lay", &blueprints, |blueprint| {
        black_box(lay(blueprint, &own)).is_ok()
    });
    report("write", &answers, |answers| {
        !black_box(file::write(answers)).is_empty()
    });
}

/// One step at every size.
fn report<T>(step: &str, inputs: &[T; SIZES.len()], run: impl Fn(&T) -> bool) {
    let mut smaller: Option<(usize, f64)> = None;
    for (size, input) in SIZES.into_iter().zip(inputs) {
        let seconds = median_seconds(|| assert!(run(input), "{step} fails"));
        let exponent = smaller.map_or_else(String::new, |(other, before)| {
            format!(
                "{:.2}",
                (seconds / before).ln() / (size as f64 / other as f64).ln()
            )
        });
        println!(
            "{size:>8}  {step:<6}  {:>10.2}  {:>15.1}  {exponent:>9}",
            seconds * 1e3,
            seconds * 1e6 / size as f64
        );
        smaller = Some((size, seconds));
    }
}

fn median_seconds(run: impl Fn()) -> f64 {
    run();
    let start = Instant::now();
    let mut runs = Vec::new();
    while runs.len() < FEWEST || start.elapsed() < PATIENCE {
        let begin = Instant::now();
        run();
        runs.push(begin.elapsed().as_secs_f64());
    }
    median::median(&mut runs)
}
