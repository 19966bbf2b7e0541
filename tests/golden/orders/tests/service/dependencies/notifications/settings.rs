//! Where `notifications` is, and what was decided about calling it.

use std::time::Duration;

use orders::calls::retries::Repeat;
use orders::config::Config;

#[test]
fn its_settings_are_those_that_were_decided() {
    let read = |vars: &[(&str, &str)]| {
        let vars = vars.iter().map(|(name, value)| (name.into(), value.into()));
        Config::from_vars(vars.collect::<Vec<_>>())
    };
    let config = read(&[]).expect("no problem");
    let endpoint = &config.endpoints.notifications;
    assert_eq!(endpoint.timeout, Duration::from_secs(2));
    assert_eq!(endpoint.concurrency, 16);
    assert_eq!(endpoint.attempts, 1);
    assert_eq!(endpoint.backoff, Duration::from_millis(100));
    assert_eq!(endpoint.repeat, Repeat::Unarrived);
    let config = read(&[
        (
            "APP_DEPENDENCY_NOTIFICATIONS_URL",
            "http://peer.example:81/v1",
        ),
        ("APP_DEPENDENCY_NOTIFICATIONS_TOKEN", "sesame"),
        ("APP_DEPENDENCY_NOTIFICATIONS_TIMEOUT", "70ms"),
    ])
    .expect("no problem");
    let endpoint = &config.endpoints.notifications;
    assert_eq!(endpoint.url.host(), "peer.example");
    assert_eq!(endpoint.url.port(), 81);
    assert_eq!(endpoint.timeout, Duration::from_millis(70));
    assert!(!format!("{config:?}").contains("sesame"), "{config:?}");
    for (name, value) in [
        ("APP_DEPENDENCY_NOTIFICATIONS_URL", "peer"),
        (
            "APP_DEPENDENCY_NOTIFICATIONS_URL",
            "http://user:sesame@peer",
        ),
        ("APP_DEPENDENCY_NOTIFICATIONS_TOKEN", "two words"),
        ("APP_DEPENDENCY_NOTIFICATIONS_TIMEOUT", "0s"),
    ] {
        let error = read(&[(name, value)]).expect_err(value).to_string();
        assert!(error.contains(name) && !error.contains("sesame"), "{error}");
    }
}
