//! Whether it is as fast at its peak as was promised: docs/adr/<{ record_of["load-limits"] }>.
//!
//! Requests are sent at the rate of the peak, whether those before them are done or not, and each is
//! measured from the moment it was due: who falls behind cannot hide it. Whoever sends them shares
//! the machine with the service, which can do more than is seen here.

use std::{fmt::Write as _, fs, io::Write as _, path::Path, time::Duration};

use reqwest::RequestBuilder;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep_until},
};

<% if entities %>
use <{ service.crate_name }>::api::routes;
<% endif %>
use <{ service.crate_name }>::config::Config;

<% if probe %>
use crate::api::<{ probe.module_ident }>::{self as probe, ALL};
use crate::records;
<% elif entities %>
use crate::api::<{ entities[0].module_ident }>::ALL;
<% endif %>
use crate::support::Service;

/// Requests per second.
const PEAK: u32 = <{ limits.peak_rps|grouped }>;

/// 99 of 100 requests are answered within this.
const P99: Duration = <{ limits.p99_ms|duration }>;

/// The percentage of requests that has to be answered well.
const AVAILABILITY: f64 = <{ choice.load_availability }><% if "." not in choice.load_availability %>.0<% endif %>;

/// Seconds that count, and those before them, in which connections are opened.
const LENGTH: u32 = 10;
const WARM_UP: u32 = 2;

struct Sent {
    what: &'static str,
    took: Duration,
    failed: bool,
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "some seconds of load, for a release build"]
async fn the_peak_is_served_as_fast_as_promised() {
<% if entities %>
    let service = Service::with_routes(as_deployed, routes()).await;
<% else %>
    let service = Service::with(as_deployed).await;
<% endif %>
<% if probe %>
    let mut paths = Vec::new();
    for _ in 0..100 {
        paths.push(records::path(ALL, &probe::create(&service).await));
    }
    drive(&service, &paths, WARM_UP).await;
    let sent = drive(&service, &paths, LENGTH).await;
<% else %>
    drive(&service, WARM_UP).await;
    let sent = drive(&service, LENGTH).await;
<% endif %>

    let times = times(&sent, |_| true);
    let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join("performance.svg");
    fs::write(&picture, plot(&times)).expect("a picture");
    let report = format!("{}\n{}\n", table(&sent), picture.display());
    // Shown where the tests' own output is not, and where they succeed.
    std::io::stdout().write_all(report.as_bytes()).ok();

    let p99 = percentile(&times, 99.0);
    assert!(p99 <= P99, "the p99 is {p99:?}, and {P99:?} was promised");
    let failed = sent.iter().filter(|sent| sent.failed).count();
    let all = sent.len();
    let allowed = all as f64 * (100.0 - AVAILABILITY) / 100.0;
    assert!(failed as f64 <= allowed, "{failed} of {all} failed");
}

/// With every setting's default<% if entities %>, and a database of its own<% endif %>.
fn as_deployed(config: &mut Config) {
    let defaults = Config::from_vars([]).expect("no problem");
<% if entities or access.checked %>
    *config = Config {
<% if entities %>
        database_url: config.database_url.clone(),
<% endif %>
<% if access.jwt %>
        issuer: config.issuer.clone(),
<% endif %>
<% if access.limited %>
        rates: config.rates,
<% endif %>
<% if access.tokens %>
        tokens: config.tokens.clone(),
<% endif %>
        ..defaults
    };
<% else %>
    *config = defaults;
<% endif %>
}

/// Sends at the peak for so many seconds, and waits for the answers.
async fn drive(service: &Service, <% if probe %>paths: &[String], <% endif %>seconds: u32) -> Vec<Sent> {
    let mut answers = JoinSet::new();
    let start = Instant::now();
    for number in 0..PEAK * seconds {
        let due = start + Duration::from_secs(1) * number / PEAK;
        sleep_until(due).await;
        let (what, request) = request(service<% if probe %>, paths, number<% endif %>).await;
        answers.spawn(async move {
            let failed = match request.send().await {
                Ok(answer) if answer.status().is_success() => answer.bytes().await.is_err(),
                _ => true,
            };
            let took = due.elapsed();
            Sent { what, took, failed }
        });
    }
    answers.join_all().await
}

<% if probe %>
/// Of ten requests one creates a record, two ask for a list, and the others for one record.
async fn request(
    service: &Service,
    paths: &[String],
    number: u32,
) -> (&'static str, RequestBuilder) {
    match number % 10 {
        0 => {
            let sample = probe::sample(service).await;
            ("create", service.post(ALL).json(&sample))
        }
        1 | 2 => ("list", service.get(ALL)),
        _ => ("read", service.get(&paths[number as usize % paths.len()])),
    }
}
<% elif entities %>
/// No record can be created without others, so lists are asked for.
async fn request(service: &Service) -> (&'static str, RequestBuilder) {
    ("list", service.get(ALL))
}
<% else %>
/// There is nothing else to ask for yet.
async fn request(service: &Service) -> (&'static str, RequestBuilder) {
    ("ready", service.get("/health/ready"))
}
<% endif %>

/// How long each took, the shortest first.
fn times(sent: &[Sent], counts: impl Fn(&Sent) -> bool) -> Vec<Duration> {
    let counted = sent.iter().filter(|sent| counts(sent));
    let mut times: Vec<_> = counted.map(|sent| sent.took).collect();
    times.sort();
    times
}

/// The time within which so many percent were done.
fn percentile(times: &[Duration], percent: f64) -> Duration {
    let rank = (times.len() as f64 * percent / 100.0).ceil() as usize;
    times[rank.clamp(1, times.len()) - 1]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn table(sent: &[Sent]) -> String {
    let mut kinds: Vec<_> = sent.iter().map(|sent| sent.what).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.push("all");
    let mut table = format!(
        "\n{PEAK} requests per second for {LENGTH} s, times in ms; promised: p99 {}, {AVAILABILITY} %\n\n\
         {:8} {:>7} {:>7} {:>9} {:>9} {:>9} {:>9}\n",
        milliseconds(P99),
        "request",
        "sent",
        "failed",
        "p50",
        "p90",
        "p99",
        "max"
    );
    for kind in kinds {
        let counts = |sent: &Sent| kind == "all" || sent.what == kind;
        let times = times(sent, counts);
        let failed = sent.iter().filter(|sent| sent.failed && counts(sent));
        _ = write!(table, "{kind:8} {:>7} {:>7}", times.len(), failed.count());
        for percent in [50.0, 90.0, 99.0, 100.0] {
            let time = milliseconds(percentile(&times, percent));
            _ = write!(table, " {time:>9.1}");
        }
        table.push('\n');
    }
    table
}

/// The time within which a share of the requests is done, over the share: to each mark of the axis
/// nine of ten of those that were left before it.
fn plot(times: &[Duration]) -> String {
    let longest = percentile(times, 100.0);
    let top = milliseconds(longest.max(P99));
    let y = |time: Duration| 340.0 - 300.0 * milliseconds(time) / top;
    let share = |step: u32| 100.0 - 100.0 * 0.1_f64.powf(f64::from(step) / 200.0);
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 400\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"720\" height=\"400\" fill=\"white\"/>\n",
    );
    for (x, share) in [(80, "0"), (280, "90"), (480, "99"), (680, "99.9")] {
        _ = writeln!(
            svg,
            "<path d=\"M{x} 40V340\" stroke=\"#ccc\"/>\n\
             <text x=\"{x}\" y=\"360\" text-anchor=\"middle\">{share} %</text>"
        );
    }
    let lines = [
        (P99, "promised", 84, "start"),
        (longest, "longest", 676, "end"),
    ];
    for (time, name, x, anchor) in lines {
        let (at, time) = (y(time), milliseconds(time));
        _ = writeln!(
            svg,
            "<path d=\"M80 {at}H680\" stroke=\"#c00\" stroke-dasharray=\"4\"/>\n\
             <text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{name}: {time:.1} ms</text>",
            at - 4.0
        );
    }
    svg.push_str("<polyline fill=\"none\" stroke=\"#06c\" stroke-width=\"2\" points=\"");
    for step in (0..=600).step_by(4) {
        let at = y(percentile(times, share(step)));
        _ = write!(svg, "{} {at:.1} ", step + 80);
    }
    svg.push_str("\"/>\n</svg>\n");
    svg
}
