//! Every vector of the collected failure arithmetic against the functions that implement it.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop where its data is not what it should be"
)]

use cargo_kickoff::blueprint::arithmetic as maths;
use serde_json::{Map, Value, json};

const VECTORS: &str = include_str!("data/failure-maths.json");

#[test]
fn every_vector_holds() {
    let formulas: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    let mut walked = 0;
    for formula in &formulas {
        let id = formula["id"].as_str().unwrap();
        for vector in formula["vectors"].as_array().unwrap() {
            let computed = compute(id, &vector["in"], vector);
            // Whatever the vector gives besides its input has to be computed, and be the same.
            let expected: Map<String, Value> = vector
                .as_object()
                .unwrap()
                .iter()
                .filter(|(key, _)| *key != "in")
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            assert_same(
                &computed,
                &Value::Object(expected),
                &format!("{id} {vector}"),
            );
            walked += 1;
        }
    }
    assert_eq!(
        (formulas.len(), walked),
        (29, 66),
        "a formula or a vector is new: cover it"
    );
}

/// What the vector of a formula should say, with the keys it has.
fn compute(id: &str, input: &Value, vector: &Value) -> Value {
    let number = |key: &str| input[key].as_f64().unwrap_or_else(|| panic!("{id}: {key}"));
    let count = |key: &str| input[key].as_u64().unwrap_or_else(|| panic!("{id}: {key}"));
    let small = |key: &str| u32::try_from(count(key)).unwrap();
    let has = |key: &str| input.get(key).is_some();
    let numbers = |value: &Value| -> Vec<f64> {
        value
            .as_array()
            .unwrap()
            .iter()
            .map(|number| number.as_f64().unwrap())
            .collect()
    };
    match id {
        "retry_amplification" => {
            let layers: Vec<u64> = input
                .as_array()
                .unwrap()
                .iter()
                .map(|layer| layer.as_u64().unwrap())
                .collect();
            json!({ "out": maths::retry_amplification(&layers) })
        }
        "expected_attempts" => json!({ "out": maths::expected_attempts(number("p"), small("a")) }),
        "retry_budget" if has("L") => {
            json!({ "out": maths::retry_budget_growth(number("rho"), small("L")) })
        }
        "retry_budget" => {
            json!({ "out": maths::load_within_retry_budget(number("lambda"), number("rho"), number("m")) })
        }
        "timeout_budget" if input.is_string() => {
            assert_eq!(input, "eshop publish: 10 retries, 2^k s");
            let pauses: u64 = maths::backoff_bounds(1000, u64::MAX, 10).iter().sum();
            json!({ "out": { "backoff_only_ms": pauses } })
        }
        "timeout_budget" => {
            let needed =
                maths::time_needed(small("n"), count("t"), count("b"), count("cap"), count("q"));
            let slack = count("T_caller").cast_signed() - needed.cast_signed();
            json!({ "out": { "T_need": needed, "inverted": slack < 0, "slack": slack } })
        }
        "littles_law" => json!({ "out": maths::littles_law(number("lambda"), number("W")) }),
        "pool_size_from_load" if has("c") => {
            json!({ "out_max_qps": maths::queries_per_second(count("c"), number("W_hold")) })
        }
        "pool_size_from_load" => {
            json!({ "out": maths::pool_size_from_load(number("rps"), number("q"), number("W_hold"), number("u")) })
        }
        "pool_size_hikari" => {
            json!({ "out": maths::pool_size_of_database(count("cores"), count("spindles")) })
        }
        "pool_deadlock_floor" => {
            json!({ "out": maths::pool_deadlock_floor(count("Tn"), count("Cm")) })
        }
        "fleet_connections" => {
            let need =
                maths::connections_of_fleet(count("replicas"), number("surge"), count("pool"));
            json!({ "out": { "need": need, "fits": need <= count("max") - count("reserved") } })
        }
        "serial_availability" => {
            let parts = match input.as_str() {
                None => numbers(input),
                Some(text) => {
                    let (times, rest) = text.split_once(" x ").unwrap();
                    let part = rest.split(' ').next().unwrap();
                    vec![part.parse().unwrap(); times.parse().unwrap()]
                }
            };
            let availability = maths::serial_availability(&parts);
            match vector.get("down_min_30d") {
                Some(_) => {
                    json!({ "out": availability, "down_min_30d": maths::downtime_minutes_per_30_days(availability) })
                }
                None => json!({ "out": availability }),
            }
        }
        "extra_nine" => {
            let budget =
                maths::error_budget_per_year(number("target"), small("N"), number("A_dep"));
            json!({ "out": { "total_min": budget.total_minutes, "deps_min": budget.dependency_minutes, "left_min": budget.own_minutes } })
        }
        "parallel_availability" => json!({ "out": maths::parallel_availability(&numbers(input)) }),
        "soft_dependency" => {
            json!({ "out": maths::serial_availability_with_fallback(number("A_self"), number("A_d"), number("f")) })
        }
        "queue_growth" => {
            let backlog = maths::queue_backlog(number("lambda"), 0.0, number("mu"), number("D"));
            json!({ "out": { "backlog": backlog.messages, "catch_up_s": backlog.catch_up_seconds } })
        }
        "redelivery_load" => {
            json!({ "out": maths::redelivery_load(number("lambda"), number("p"), small("k")) })
        }
        "full_jitter" => {
            let caps = maths::backoff_bounds(count("base"), count("cap"), small("retries"));
            let most: u64 = caps.iter().sum();
            let most_in_floats = f64::from(u32::try_from(most).unwrap());
            json!({ "out": { "caps": caps, "max_total": most, "mean_total": most_in_floats / 2.0 } })
        }
        "timeout_from_percentile" => {
            json!({ "out": format!("p{:.1}", 100.0 * maths::quantile_for_timeout(number("e"))) })
        }
        "breaker_time_to_open" if has("shards") => {
            let opens = maths::breaker_can_open(small("shards"), number("theta"));
            let share = 100.0 / number("shards");
            let theta = 100.0 * number("theta");
            assert!(!opens);
            json!({ "out": format!("never opens ({share} % < {theta} %)") })
        }
        "breaker_time_to_open" => {
            json!({ "out": maths::breaker_time_to_open(number("m"), number("lambda")) })
        }
        "fan_out_tail" if has("q") => {
            json!({ "out": maths::quantile_per_call(number("q"), small("n")) })
        }
        "fan_out_tail" => json!({ "out": maths::fan_out_tail(number("p"), small("n")) }),
        "usl" => {
            let (contention, coherency) = (number("a"), number("b"));
            let capacities: Vec<f64> = numbers(&input["N"])
                .into_iter()
                .map(|nodes| maths::relative_capacity(nodes, contention, coherency))
                .collect();
            json!({ "out": capacities, "N_star": maths::peak_of_scalability(contention, coherency) })
        }
        "goodput_collapse" if has("s") => {
            json!({ "out_K": maths::longest_useful_queue(number("mu"), number("T"), number("s")) })
        }
        "goodput_collapse" => {
            let collapse =
                maths::goodput_collapse(number("mu"), number("lambda"), number("T")).unwrap();
            json!({ "out": { "t_a": collapse.last_useful_arrival, "t_c": collapse.goodput_is_zero } })
        }
        "recovery_headroom" => json!({ "out": maths::utilisation_that_recovers(number("A")) }),
        "utilisation_wait" => json!({ "out": maths::wait_at_utilisation(input.as_f64().unwrap()) }),
        "k8s_shutdown" => {
            let spare = maths::spare_shutdown_time(
                count("grace").cast_signed(),
                count("preStop").cast_signed(),
                count("drain").cast_signed(),
            );
            if spare < 0 {
                json!({ "out": { "fits": false, "short_by": -spare } })
            } else {
                json!({ "out": { "fits": true, "spare": spare } })
            }
        }
        "k8s_detection" => {
            json!({ "out": maths::probe_detection_time(count("period"), count("threshold")) })
        }
        "idempotency_ttl" => {
            let seconds = maths::idempotency_key_lifetime(
                small("n"),
                number("t_s"),
                number("backoff_s"),
                number("redelivery_h") * 3600.0,
                number("skew_s"),
            );
            json!({ "out_h": seconds / 3600.0 })
        }
        "id_exhaustion" => {
            json!({ "out": maths::days_until_ids_run_out(number("rate"), number("current")) })
        }
        "optimistic_conflict" => {
            json!({ "out": maths::probability_of_conflict(number("lambda_row"), number("W")) })
        }
        "reconnect_herd" => {
            json!({ "out": maths::connections_per_second_after_restart(number("N"), number("w_s")) })
        }
        other => panic!("no function covers `{other}`"),
    }
}

/// Numbers are the same when they are once rounded to the decimals that the vector gives.
fn assert_same(computed: &Value, expected: &Value, place: &str) {
    match (computed, expected) {
        (Value::Object(computed), Value::Object(expected)) => {
            let keys: Vec<_> = computed.keys().collect();
            assert_eq!(keys, expected.keys().collect::<Vec<_>>(), "{place}");
            for (key, value) in computed {
                assert_same(value, &expected[key], place);
            }
        }
        (Value::Array(computed), Value::Array(expected)) => {
            assert_eq!(computed.len(), expected.len(), "{place}");
            for (computed, expected) in computed.iter().zip(expected) {
                assert_same(computed, expected, place);
            }
        }
        (Value::Number(computed), Value::Number(expected)) => {
            let text = expected.to_string();
            let decimals = text
                .split_once('.')
                .map_or(0, |(_, decimals)| decimals.len());
            let half_a_digit = 0.5 * 10_f64.powi(-i32::try_from(decimals).unwrap());
            let difference = (computed.as_f64().unwrap() - expected.as_f64().unwrap()).abs();
            assert!(
                difference <= half_a_digit * 1.000_001,
                "{computed} instead of {place}"
            );
        }
        _ => assert_eq!(computed, expected, "{place}"),
    }
}
