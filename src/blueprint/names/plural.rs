//! Plurals, singulars and articles of English nouns.

/// The plural of the last word: `order line` is `order lines`, `orderStory` is `orderStories`. A word that is a plural already,
/// or has none, stays.
pub fn plural(text: &str) -> String {
    with_last_word(text, plural_of_word)
}

/// The singular of the last word, as far as rules can tell: `friends` is `friend`. A word that is none stays.
pub fn singular_hint(text: &str) -> String {
    with_last_word(text, singular_of_word)
}

/// `an order`, `a user`, `an hour`: by sound, not by letter.
pub fn with_article(label: &str) -> String {
    let first: String = label
        .chars()
        .take_while(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let article = if sounds_like_vowel(&first) { "an" } else { "a" };
    format!("{article} {label}")
}

fn sounds_like_vowel(word: &str) -> bool {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| word.starts_with(prefix));
    if starts(&["heir", "honest", "honor", "honour", "hour"]) {
        return true;
    }
    if starts(&["unin", "unim", "unid"]) && !starts(&["unidirectional"]) {
        return true;
    }
    if starts(&[
        "eu", "ewe", "once", "one", "ubiq", "uni", "uri", "url", "usa", "use", "usu",
    ]) || starts(&["uten", "uti", "uto", "uuid"])
        || ["uk", "us", "ui"].contains(&word)
    {
        return false;
    }
    // Letters of an abbreviation are spoken one by one: "an SMS".
    let is_spelled_out =
        word.len() <= 4 && !word.contains(['a', 'e', 'i', 'o', 'u', 'y']) && word.is_ascii();
    if is_spelled_out {
        return word.starts_with(['f', 'h', 'l', 'm', 'n', 'r', 's', 'x', '8']);
    }
    word.starts_with([
        'a', 'e', 'i', 'o', 'u', 'ä', 'ö', 'ü', 'á', 'à', 'é', 'è', 'í', 'ó', 'ú', '8',
    ])
}

/// Applies `change` to the last word, in lower case; what stands before it stays.
fn with_last_word(text: &str, change: fn(&str) -> String) -> String {
    let text = text.trim_end();
    let mut start = 0;
    let mut previous = ' ';
    for (at, letter) in text.char_indices() {
        let next = text[at + letter.len_utf8()..].chars().next();
        // `XMLFile` ends in `File`.
        let ends_acronym = next.is_some_and(char::is_lowercase);
        let begins = (letter.is_uppercase() && (!previous.is_uppercase() || ends_acronym))
            || (letter.is_alphanumeric() && !previous.is_alphanumeric());
        if begins {
            start = at;
        }
        previous = letter;
    }
    let (before, word) = text.split_at(start);
    let changed = change(&word.to_lowercase());
    let starts_upper = word.starts_with(char::is_uppercase);
    let mut letters = changed.chars();
    match letters.next() {
        Some(first) if starts_upper => {
            let first: String = first.to_uppercase().collect();
            format!("{before}{first}{}", letters.as_str())
        }
        _ => format!("{before}{changed}"),
    }
}

fn plural_of_word(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if word.is_empty() || is_without_plural(word) {
        return word.to_owned();
    }
    if let Some(irregular) = irregular(word, IRREGULAR, false) {
        return irregular;
    }
    if irregular(word, IRREGULAR, true).is_some() {
        return word.to_owned();
    }
    if let Some(stem) = word
        .strip_suffix("sis")
        .or_else(|| word.strip_suffix("xis"))
    {
        return format!("{stem}{}es", &word[stem.len()..=stem.len()]);
    }
    if ends(&["ss", "us", "x", "z", "sh"]) || (ends(&["ch"]) && !ends(HARD_CH)) {
        return format!("{word}es");
    }
    if SINGULAR_IN_S.contains(&word) {
        return format!("{word}es");
    }
    if ends(&["s"]) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix('y')
        && (!stem.ends_with(['a', 'e', 'i', 'o', 'u']) || stem.ends_with("qu"))
        && !stem.is_empty()
    {
        return format!("{stem}ies");
    }
    format!("{word}s")
}

fn singular_of_word(word: &str) -> String {
    if is_without_plural(word) {
        return word.to_owned();
    }
    if let Some(irregular) = irregular(word, IRREGULAR, true) {
        return irregular;
    }
    let singular = match word {
        _ if word.ends_with("ss") || SINGULAR_IN_S.contains(&word) => word,
        _ if word.ends_with("ies") && !IES_OF_IE.contains(&word) && word.len() > 4 => {
            return format!("{}y", &word[..word.len() - 3]);
        }
        _ => word.strip_suffix('s').unwrap_or(word),
    };
    // `addresses` is `address`, but `houses` is `house`.
    match singular.strip_suffix('e') {
        Some(shorter) if adds_es(shorter) && plural_of_word(shorter) == word => shorter.to_owned(),
        _ if plural_of_word(singular) == word => singular.to_owned(),
        _ => word.to_owned(),
    }
}

/// Whether `word` with `es` behind it is likelier a plural than `worde` with `s`.
fn adds_es(word: &str) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let silent_e =
        ends(&["ous", "aus", "ach", "ich", "anch"]) || ["us", "fus", "mus"].contains(&word);
    SINGULAR_IN_S.contains(&word)
        || (ends(&["ss", "us", "sh", "zz", "x", "ch"])
            && (!silent_e || ES_ALL_THE_SAME.contains(&word)))
}

fn is_without_plural(word: &str) -> bool {
    WITHOUT_PLURAL.contains(&word) || word.ends_with("ware")
}

/// The other form of a word that a pair of `pairs` ends, `salesperson` among them; `back` from the plural.
fn irregular(word: &str, pairs: &[(&str, &str)], back: bool) -> Option<String> {
    pairs.iter().find_map(|(singular, plural)| {
        let (from, to) = if back {
            (plural, singular)
        } else {
            (singular, plural)
        };
        // A pair that is written as `=word` holds for the whole word alone.
        match from.strip_prefix('=') {
            Some(whole) => (word == whole).then(|| to.trim_start_matches('=').to_owned()),
            None => Some(format!("{}{to}", word.strip_suffix(from)?)),
        }
    })
}

const HARD_CH: &[&str] = &["stomach", "monarch", "epoch", "tech", "eunuch", "patriarch"];

/// Singulars that look like plurals.
const SINGULAR_IN_S: &[&str] = &[
    "alias",
    "atlas",
    "bias",
    "canvas",
    "christmas",
    "cosmos",
    "gas",
    "ibis",
    "iris",
    "lens",
    "pancreas",
    "rhinoceros",
    "texas",
    "trellis",
];

/// Words without a silent `e` although their ending says so.
const ES_ALL_THE_SAME: &[&str] = &[
    "approach", "beach", "branch", "breach", "coach", "ranch", "sandwich", "peach",
];

const IES_OF_IE: &[&str] = &[
    "calories", "cookies", "dies", "genies", "lies", "movies", "pies", "selfies", "ties", "zombies",
];

const WITHOUT_PLURAL: &[&str] = &[
    "advice",
    "aircraft",
    "analytics",
    "audio",
    "baggage",
    "barracks",
    "bison",
    "cattle",
    "chassis",
    "clothing",
    "cms",
    "corps",
    "data",
    "debris",
    "deer",
    "dns",
    "equipment",
    "evidence",
    "feedback",
    "fish",
    "furniture",
    "goods",
    "gps",
    "headquarters",
    "homework",
    "info",
    "information",
    "jewelry",
    "knowledge",
    "kudos",
    "logistics",
    "luggage",
    "means",
    "media",
    "merchandise",
    "metadata",
    "money",
    "moose",
    "music",
    "news",
    "offspring",
    "personnel",
    "police",
    "rice",
    "salmon",
    "series",
    "spacecraft",
    "sheep",
    "shrimp",
    "sms",
    "species",
    "staff",
    "swine",
    "tennis",
    "traffic",
    "trout",
    "weather",
    "wildlife",
];

/// Pairs by ending; `=` where only the whole word is meant.
const IRREGULAR: &[(&str, &str)] = &[
    ("=axe", "=axes"),
    ("=die", "=dice"),
    ("=ox", "=oxen"),
    ("=quiz", "=quizzes"),
    ("=man", "=men"),
    ("woman", "women"),
    ("salesman", "salesmen"),
    ("craftsman", "craftsmen"),
    ("foreman", "foremen"),
    ("fireman", "firemen"),
    ("policeman", "policemen"),
    ("postman", "postmen"),
    ("tradesman", "tradesmen"),
    ("workman", "workmen"),
    ("ombudsman", "ombudsmen"),
    ("layman", "laymen"),
    ("person", "people"),
    ("child", "children"),
    ("mouse", "mice"),
    ("=louse", "=lice"),
    ("=goose", "=geese"),
    ("=foot", "=feet"),
    ("tooth", "teeth"),
    ("criterion", "criteria"),
    ("phenomenon", "phenomena"),
    ("=datum", "=data"),
    ("=medium", "=media"),
    ("bacterium", "bacteria"),
    ("curriculum", "curricula"),
    ("memorandum", "memoranda"),
    ("matrix", "matrices"),
    ("vertex", "vertices"),
    ("appendix", "appendices"),
    ("nucleus", "nuclei"),
    ("stimulus", "stimuli"),
    ("alumnus", "alumni"),
    ("cactus", "cacti"),
    ("fungus", "fungi"),
    ("radius", "radii"),
    ("=larva", "=larvae"),
    ("=alga", "=algae"),
    ("knife", "knives"),
    ("=life", "=lives"),
    ("wife", "wives"),
    ("=leaf", "=leaves"),
    ("=loaf", "=loaves"),
    ("=half", "=halves"),
    ("=calf", "=calves"),
    ("shelf", "shelves"),
    ("=self", "=selves"),
    ("=elf", "=elves"),
    ("=wolf", "=wolves"),
    ("thief", "thieves"),
    ("scarf", "scarves"),
    ("potato", "potatoes"),
    ("tomato", "tomatoes"),
    ("=hero", "=heroes"),
    ("=echo", "=echoes"),
    ("=veto", "=vetoes"),
    ("torpedo", "torpedoes"),
    ("embargo", "embargoes"),
    ("cargo", "cargoes"),
    ("=menu", "=menus"),
    ("=guru", "=gurus"),
    ("=taxi", "=taxis"),
    ("=thesaurus", "=thesauri"),
];
