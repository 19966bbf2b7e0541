//! Where `shipping-rates` is, and what was decided about calling it.

use std::process::Command;
use std::time::Duration;

use orders::calls::retries::Repeat;
use orders::config::Config;

use crate::support::PROGRAM;

#[test]
fn its_settings_are_those_that_were_decided() {
    let read = |vars: &[(&str, &str)]| {
        let vars = vars.iter().map(|(name, value)| (name.into(), value.into()));
        Config::from_vars(vars.collect::<Vec<_>>())
    };
    let config = read(&[]).expect("no problem");
    let endpoint = &config.endpoints.shipping_rates;
    assert_eq!(endpoint.timeout, Duration::from_millis(500));
    assert_eq!(endpoint.concurrency, 16);
    assert_eq!(endpoint.attempts, 2);
    assert_eq!(endpoint.backoff, Duration::from_millis(100));
    assert_eq!(endpoint.repeat, Repeat::Failed);
    let config = read(&[
        (
            "APP_DEPENDENCY_SHIPPING_RATES_URL",
            "http://peer.example:81/v1",
        ),
        ("APP_DEPENDENCY_SHIPPING_RATES_TOKEN", "sesame"),
        ("APP_DEPENDENCY_SHIPPING_RATES_TIMEOUT", "70ms"),
    ])
    .expect("no problem");
    let endpoint = &config.endpoints.shipping_rates;
    assert_eq!(endpoint.url.host(), "peer.example");
    assert_eq!(endpoint.url.port(), 81);
    assert_eq!(endpoint.timeout, Duration::from_millis(70));
    assert!(!format!("{config:?}").contains("sesame"), "{config:?}");
    for (name, value) in [
        ("APP_DEPENDENCY_SHIPPING_RATES_URL", "peer"),
        (
            "APP_DEPENDENCY_SHIPPING_RATES_URL",
            "http://user:sesame@peer",
        ),
        ("APP_DEPENDENCY_SHIPPING_RATES_TOKEN", "two words"),
        ("APP_DEPENDENCY_SHIPPING_RATES_TIMEOUT", "0s"),
    ] {
        let error = read(&[(name, value)]).expect_err(value).to_string();
        assert!(error.contains(name) && !error.contains("sesame"), "{error}");
    }
}

/// With every other problem; also where the default takes the place of what cannot be read.
#[test]
fn without_certificates_to_trust_it_says_so_and_exits_78() {
    for (url, problem) in [
        ("https://peer.example", "needs certificates to trust"),
        ("peer", "must be a URL"),
    ] {
        let output = Command::new(PROGRAM)
            .env("SSL_CERT_FILE", "no such file")
            .env_remove("SSL_CERT_DIR")
            // It does not start in any case, so that this test ends.
            .env("APP_LISTEN", "nowhere")
            .env("APP_DEPENDENCY_SHIPPING_RATES_URL", url)
            .output()
            .expect("it starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(78), "{said}");
        let problem = format!("APP_DEPENDENCY_SHIPPING_RATES_URL {problem}");
        assert!(said.contains(&problem), "{said}");
    }
}
