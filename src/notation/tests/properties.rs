//! What holds for every field and for any text.

use proptest::prelude::*;

use super::super::*;

fn field() -> impl Strategy<Value = Field> {
    // No word ends like this that cannot be a name: `xmax` can not.
    let name = "[a-zäß][a-zA-Z0-9é_-]{0,20}xy";
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (name, kind_with_default(), flags).prop_map(|(name, (kind, default), flags)| {
        let is_many = matches!(kind, FieldKind::Many { .. });
        let default = default.filter(|_| flags.3);
        let can_be_unique = default.is_none()
            && match kind {
                FieldKind::String { max, .. } | FieldKind::Text { max, .. } => max <= 600,
                FieldKind::Bytes { max } => max <= 2_000,
                FieldKind::Json | FieldKind::Bool | FieldKind::Many { .. } => false,
                _ => true,
            };
        let clears = matches!(
            kind,
            FieldKind::One {
                on_delete: OnDelete::Clear,
                ..
            }
        );
        Field {
            name,
            kind,
            optional: (flags.0 || clears) && !is_many,
            unique: flags.1 && can_be_unique,
            personal: flags.2 && !is_many,
            default,
        }
    })
}

fn kind_with_default() -> impl Strategy<Value = (FieldKind, Option<String>)> {
    let bounds = || (any::<Option<i64>>(), any::<Option<i64>>()).prop_map(in_order);
    let on_delete = prop_oneof![
        Just(OnDelete::Restrict),
        Just(OnDelete::Cascade),
        Just(OnDelete::Clear)
    ];
    let number = |scale| {
        move |(min, max): (Option<i64>, Option<i64>)| {
            let default = min.or(max).unwrap_or(0);
            (min, max, Some(format_scaled(default, scale)))
        }
    };
    prop_oneof![
        (0u32..20, 20u32..4000, "[a-z/\\\\\"= ]{20}").prop_map(|(min, max, default)| {
            let pattern = None;
            (FieldKind::String { min, max, pattern }, Some(default))
        }),
        ("[a-z/]{1,9}", 0u32..5).prop_map(|(text, min)| {
            let pattern = Some(regex::escape(&text));
            let max = 255;
            (FieldKind::String { min, max, pattern }, None)
        }),
        (0u32..20, 20u32..100_000, "[a-zß \n\"\\\\]{20}")
            .prop_map(|(min, max, default)| (FieldKind::Text { min, max }, Some(default))),
        bounds()
            .prop_map(number(0))
            .prop_map(|(min, max, default)| { (FieldKind::Int { min, max }, default) }),
        (18u8..=18, 0u8..=18, any::<(Option<i32>, Option<i32>)>()).prop_map(
            move |(digits, scale, (min, max))| {
                let (min, max) = in_order((min.map(i64::from), max.map(i64::from)));
                let (min, max, default) = number(scale)((min, max));
                (
                    FieldKind::Decimal {
                        digits,
                        scale,
                        min,
                        max,
                    },
                    default,
                )
            }
        ),
        bounds()
            .prop_map(number(3))
            .prop_map(|(min, max, default)| {
                let currency = "KWD".to_owned();
                (FieldKind::Money { currency, min, max }, default)
            }),
        Just((FieldKind::Bool, Some("true".to_owned()))),
        Just((FieldKind::Instant, Some("now".to_owned()))),
        Just((FieldKind::Date, Some("2024-02-29".to_owned()))),
        Just((FieldKind::Json, Some("[]".to_owned()))),
        Just((FieldKind::Url, Some("http://a.b/?c=\"d\\\"".to_owned()))),
        Just((FieldKind::Uuid, None)),
        Just((FieldKind::Email, None)),
        (1u32..100_000).prop_map(|max| (FieldKind::Bytes { max }, None)),
        proptest::collection::btree_set("[a-z][a-z0-9]{0,9}", 2..6)
            .prop_filter("null is not a word", |words| !words.contains("null"))
            .prop_map(|words| {
                let values: Vec<String> = words.into_iter().collect();
                let default = values.last().cloned();
                (FieldKind::Enum { values }, default)
            }),
        ("[A-ZÄ][a-zA-Z0-9]{0,9}", on_delete)
            .prop_map(|(to, on_delete)| (FieldKind::One { to, on_delete }, None)),
        "[A-Z][a-z]{0,9}".prop_map(|to| (FieldKind::Many { to }, None)),
    ]
}

fn in_order((min, max): (Option<i64>, Option<i64>)) -> (Option<i64>, Option<i64>) {
    match (min, max) {
        (Some(min), Some(max)) => (Some(min.min(max)), Some(max.max(min))),
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn canonical_notation_parses_to_the_same_field(field in field()) {
        let text = field.to_string();
        prop_assert_eq!(parse_field(&text).map_err(|error| error.render(&text)), Ok(field));
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_place_inside_it(
        text in prop_oneof![
            "\\PC{0,40}",
            "a: \\PC{0,20}",
            r#"a: (string|int|money\(EUR\)|decimal|-> A|a \| b|date|url)( |\?|[0-9]|\.\.|=|<|>|"|/|\\|é|on delete|unique|matching|\n){0,8}"#,
        ]
    ) {
        match parse_field(&text) {
            Ok(field) => prop_assert_eq!(parse_field(&field.to_string()), Ok(field)),
            Err(error) => {
                prop_assert!(text.get(error.span.clone()).is_some(), "{:?} {:?}", error, text);
                prop_assert!(error.hint.is_some(), "{:?}", error);
                prop_assert!(error.render(&text).contains(&error.message));
            }
        }
    }
}
