use cargo_kickoff::answers::{Answers, Item, Value};
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::notation::FieldAnswer;
use cargo_kickoff::question::catalog;
use cargo_kickoff::skeleton::{OwnSkeleton, lay};
use std::collections::BTreeMap;

fn entity(name: &str, parts: &[(&str, &str)], fields: &str) -> Item {
    let mut map: BTreeMap<String, Value> = parts
        .iter()
        .map(|(k, v)| {
            (
                k.to_string(),
                if *k == "same-when" {
                    Value::List(v.split(',').map(|s| s.trim().to_owned()).collect())
                } else {
                    Value::Text(v.to_string())
                },
            )
        })
        .collect();
    if !fields.is_empty() {
        map.insert(
            "fields".into(),
            Value::Fields(
                fields
                    .lines()
                    .map(str::trim)
                    .filter(|l| !l.is_empty())
                    .map(|l| {
                        let (n, s) = l.split_once(':').unwrap();
                        let (s, m) = s.split_once("//").unwrap_or((s, ""));
                        FieldAnswer {
                            name: n.trim().into(),
                            spec: s.trim().into(),
                            empty_means: (!m.is_empty()).then(|| m.trim().to_owned()),
                        }
                    })
                    .collect(),
            ),
        );
    }
    Item {
        name: name.into(),
        parts: map,
    }
}
fn give(a: &mut Answers, id: &str, v: Value) {
    a.give(catalog::question(id).unwrap(), v)
}
fn write(a: &Answers, dir: &str) {
    let b = match Blueprint::draw(a, Setting::Standalone) {
        Ok(b) => b,
        Err(c) => panic!(
            "{}",
            c.iter()
                .map(|c| format!("{c}\n  {}", c.hint))
                .collect::<Vec<_>>()
                .join("\n")
        ),
    };
    let t = match lay(&b, &OwnSkeleton::default()) {
        Ok(t) => t,
        Err(e) => panic!("{e}"),
    };
    let _ = std::fs::remove_dir_all(format!("{dir}/src"));
    let _ = std::fs::remove_dir_all(format!("{dir}/tests"));
    let _ = std::fs::remove_dir_all(format!("{dir}/migrations"));
    let _ = std::fs::remove_dir_all(format!("{dir}/docs"));
    for (p, s) in t.iter() {
        let p = format!("{dir}/{p}");
        std::fs::create_dir_all(std::path::Path::new(&p).parent().unwrap()).unwrap();
        std::fs::write(p, s).unwrap();
    }
}
#[test]
fn bare() {
    write(&Answers::new("my-service", "2026-11-25"), "/tmp/gen/bare");
}
#[test]
fn orders() {
    let mut a = Answers::new("orders", "2026-11-25");
    give(&mut a, "responsibility.stakes", Value::Text("money".into()));
    give(
        &mut a,
        "responsibility.purpose",
        Value::Text("Takes orders from the shop and follows them until they are delivered.".into()),
    );
    give(
        &mut a,
        "responsibility.owns",
        Value::Items(vec![Item {
            name: "taking orders".into(),
            parts: [(
                "entities".to_string(),
                Value::List(vec!["Order".into(), "OrderLine".into()]),
            )]
            .into(),
        }]),
    );
    give(
        &mut a,
        "responsibility.not-its-job",
        Value::Items(vec![Item {
            name: "charging cards".into(),
            parts: [
                (
                    "whose".to_string(),
                    Value::Text("the payments service".into()),
                ),
                (
                    "names".to_string(),
                    Value::List(vec!["payment".into(), "refund".into()]),
                ),
            ]
            .into(),
        }]),
    );
    give(
        &mut a,
        "responsibility.callers",
        Value::Items(vec![Item {
            name: "web shop".into(),
            parts: [
                ("timeout".to_string(), Value::Text("2s".into())),
                ("rate".to_string(), Value::Number(20)),
            ]
            .into(),
        }]),
    );
    give(
        &mut a,
        "ownership.schema-owner",
        Value::Text("@acme/orders".into()),
    );
    give(
        &mut a,
        "ownership.database-owner",
        Value::Text("Ada Lovelace".into()),
    );
    give(
        &mut a,
        "data.entities",
        Value::Items(vec![
            entity(
                "Customer",
                &[
                    ("about", "Who orders."),
                    ("duplicates", "return-existing"),
                    ("deletion", "hard"),
                ],
                "email: email unique personal\nname: string(1..200) personal\nphone: string(32)? // the customer was never asked\nvip: bool = false",
            ),
            entity(
                "Product",
                &[("deletion", "never")],
                "sku: string(32) unique\ntitle: string(1..200)\nprice: money(EUR) >= 0\nweight_kg: decimal(8,3)? > 0\nattributes: json?\nimage: bytes(65536)?",
            ),
            entity(
                "Order",
                &[("about", "What a customer asked us to deliver.")],
                "number: string(32) unique\nstatus: draft | placed | paid | cancelled = draft\nnote: text? // the customer had nothing to add\ntotal: money(EUR) >= 0\nplaced_at: instant?\ndue: date?\ncustomer: -> Customer\nreferrer: -> Customer?\nwarehouse: -> Warehouse?\ntags: <-> Tag",
            ),
            entity(
                "OrderLine",
                &[
                    ("same-when", "order, product"),
                    ("conflicts", "last-write-wins"),
                    ("deletion", "hard"),
                ],
                "order: -> Order on delete cascade\nproduct: -> Product\nquantity: int 1..10000",
            ),
            entity(
                "Tag",
                &[
                    ("duplicates", "update"),
                    ("conflicts", "last-write-wins"),
                    ("deletion", "hard"),
                ],
                "tag: string(1..50) unique",
            ),
            entity(
                "Employee",
                &[("conflicts", "last-write-wins"), ("deletion", "hard")],
                "name: string(1..100)\nreports_to: -> Employee?\ntype: permanent | contract",
            ),
            entity("Warehouse", &[("of", "the warehouse service")], ""),
        ]),
    );
    write(&a, "/tmp/gen/orders");
}
