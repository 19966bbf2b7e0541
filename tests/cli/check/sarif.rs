//! SARIF, as code scanning reads it.

use serde_json::Value;

use super::Shop;
use super::broken::except;

#[test]
fn findings_have_rules_places_and_fingerprints() {
    let shop = Shop::new();
    shop.edit(
        "Cargo.toml",
        "[dependencies]\n",
        "[dependencies]\nmoka = \"0.12\"\n",
    );
    shop.remove("openapi.json");
    except(&shop, "KD0501", "monitoring", "");
    let ran = shop.check(&["--message-format", "sarif"], None).expect(4);
    let document: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    let mut fingerprints = std::collections::BTreeSet::new();
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index");
        assert_eq!(rules[index as usize]["id"], result["ruleId"]);
        assert!(
            result["message"]["text"]
                .as_str()
                .expect("text")
                .contains("help: ")
        );
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].is_string(), "{result:#}");
        let fingerprint = result["partialFingerprints"]["subject/v1"].as_str();
        assert!(fingerprints.insert(fingerprint.expect("text")));
    }
    let of = |code: &str, word: &str| {
        let mut found = results.iter().filter(|result| result["ruleId"] == code);
        let found = found.find(|result| {
            result["message"]["text"]
                .as_str()
                .expect("text")
                .contains(word)
        });
        found.unwrap_or_else(|| panic!("{code} {word}: {results:#?}"))
    };
    let cache = of("KD0301", "moka");
    assert_eq!(cache["level"], "error");
    let place = &cache["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "Cargo.toml");
    assert_eq!(place["region"]["startLine"], 10);
    assert_eq!(
        cache["relatedLocations"][0]["message"]["text"],
        "the answers"
    );
    assert_eq!(cache["suppressions"].as_array().expect("a list").len(), 0);
    let excused = &of("KD0501", "monitoring")["suppressions"][0];
    assert_eq!(excused["justification"], "It is right here. (@acme/shop)");
    of("KD0502", "openapi.json");
}
