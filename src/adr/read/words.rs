//! The words that people use for a status, in the languages that records were found in.

use super::super::record::Status;

/// Words in lower case; of two that begin alike the longer stands first.
const WORDS: &[(Status, &[&str])] = &[
    (
        Status::Accepted,
        &[
            "accepted",
            "approved",
            "adopted",
            "agreed",
            "ratified",
            "decided",
            "implemented",
            "completed",
            "complete",
            "done",
            "active",
            "final",
            "in force",
            "in effect",
            "accept",
            "akzeptiert",
            "angenommen",
            "accepté",
            "acceptée",
            "adopté",
            "aceptado",
            "aceptada",
            "aprobado",
            "aceito",
            "aceita",
            "aprovado",
            "aprovada",
            "принято",
            "承認済み",
            "承認",
            "採用",
            "採択",
            "已接受",
            "已采纳",
            "승인됨",
            "승인",
        ],
    ),
    (
        Status::Proposed,
        &[
            "proposed",
            "proposal",
            "in review",
            "under review",
            "in discussion",
            "under discussion",
            "discussion",
            "pending",
            "review",
            "open",
            "request for comments",
            "rfc",
            "vorgeschlagen",
            "proposé",
            "proposée",
            "propuesto",
            "propuesta",
            "proposto",
            "proposta",
            "предложено",
            "提案中",
            "提案",
            "已提议",
            "提议",
            "제안됨",
            "제안",
        ],
    ),
    (
        Status::Draft,
        &[
            "draft",
            "wip",
            "work in progress",
            "in progress",
            "entwurf",
            "brouillon",
            "borrador",
            "rascunho",
            "черновик",
            "下書き",
            "草案",
            "草稿",
            "초안",
        ],
    ),
    (
        Status::Rejected,
        &[
            "rejected",
            "declined",
            "withdrawn",
            "cancelled",
            "canceled",
            "abandoned",
            "not accepted",
            "abgelehnt",
            "rejeté",
            "rejetée",
            "rechazado",
            "rechazada",
            "rejeitado",
            "rejeitada",
            "отклонено",
            "却下",
            "已拒绝",
            "거부됨",
        ],
    ),
    (
        Status::Deprecated,
        &[
            "deprecated",
            "obsolete",
            "obsoleted",
            "retired",
            "outdated",
            "archived",
            "veraltet",
            "déprécié",
            "obsolète",
            "obsoleto",
            "устарело",
            "非推奨",
            "廃止",
            "已弃用",
            "已废弃",
            "폐기됨",
        ],
    ),
    (
        Status::Superseded,
        &[
            "superseded",
            "superceded",
            "supersede by",
            "replaced",
            "ersetzt",
            "remplacé",
            "remplacée",
            "reemplazado",
            "reemplazada",
            "substituído",
            "substituída",
            "заменено",
            "置き換え",
            "置換",
            "已取代",
            "已被取代",
            "대체됨",
        ],
    ),
];

/// Names of the label or heading before a status, in lower case.
const STATUS_LABELS: &[&str] = &[
    "status",
    "state",
    "adr status",
    "decision status",
    "current status",
    "document status",
    "statut",
    "estado",
    "статус",
    "ステータス",
    "状態",
    "状态",
    "상태",
];

const DATE_LABELS: &[&str] = &[
    "date",
    "decision date",
    "decided",
    "decided on",
    "accepted date",
    "inception date",
    "created",
    "created on",
    "creation date",
    "updated",
    "last updated",
    "last modified",
    "last reviewed",
    "accepted",
    "proposed on",
    "datum",
    "fecha",
    "data",
    "дата",
    "日付",
    "日期",
    "날짜",
];

const DECIDER_LABELS: &[&str] = &[
    "deciders",
    "decider",
    "decision-makers",
    "decision makers",
    "decision maker",
    "decided by",
    "author",
    "authors",
    "authors.name",
    "owner",
    "owners",
    "決定者",
    "entscheider",
];

/// Names of sections that weigh or take a decision, in lower case, as whole names or as beginnings.
const DECISION_SECTIONS: &[&str] = &[
    "context",
    "decision",
    "consequence",
    "rationale",
    "considered",
    "alternatives",
    "options",
    "pros and cons",
    "problem",
    "issue",
    "assumptions",
    "positions",
    "argument",
    "implications",
    "justification",
    "motivation",
    "proposal",
    "outcome",
    "trade-off",
    "tradeoffs",
    "kontext",
    "entscheidung",
    "konsequenzen",
    "contexte",
    "décision",
    "conséquences",
    "contexto",
    "decisión",
    "decisão",
    "consecuencias",
    "consequências",
    "контекст",
    "решение",
    "последствия",
    "結論",
    "背景",
    "理由",
    "影響",
    "決定",
    "コンテキスト",
    "文脈",
    "结论",
    "决策",
    "决定",
    "结果",
    "컨텍스트",
    "결정",
    "결과",
];

/// The status that a whole word or phrase stands for.
pub(crate) fn status(word: &str) -> Option<Status> {
    let word = word.trim().to_lowercase();
    WORDS
        .iter()
        .find(|(_, words)| words.contains(&word.as_str()))
        .map(|(status, _)| *status)
}

/// The status at the beginning of a text, and how many bytes of it say so; the longest that fits.
pub(super) fn status_prefix(text: &str) -> Option<(Status, usize)> {
    let mut best: Option<(Status, usize)> = None;
    for (status, words) in WORDS {
        for word in *words {
            let Some(length) = begins_with(text, word) else {
                continue;
            };
            if best.is_none_or(|(_, longest)| length > longest) {
                best = Some((*status, length));
            }
        }
    }
    best
}

/// How many bytes of `text` are the lower-case `word`, in any case and not as the beginning of a longer word.
fn begins_with(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.char_indices();
    for wanted in word.chars() {
        let (_, found) = rest.next()?;
        if found != wanted && !found.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    let end = text.len() - rest.as_str().len();
    let joined = |next: char| next.is_alphanumeric() && !is_unspaced(next);
    let ends_here = word.chars().next_back().is_some_and(is_unspaced)
        || !rest.as_str().chars().next().is_some_and(joined);
    ends_here.then_some(end)
}

/// Whether words of this script follow one another without a space.
fn is_unspaced(letter: char) -> bool {
    ('\u{3040}'..='\u{9fff}').contains(&letter) || ('\u{ac00}'..='\u{d7af}').contains(&letter)
}

/// Whether a label announces a status.
pub(super) fn is_status_label(label: &str) -> bool {
    STATUS_LABELS.contains(&label)
}

/// Whether a label announces a date.
pub(super) fn is_date_label(label: &str) -> bool {
    DATE_LABELS.contains(&label)
}

/// Whether a label announces who decided.
pub(super) fn is_decider_label(label: &str) -> bool {
    DECIDER_LABELS.contains(&label)
}

/// Whether a label belongs to the head of a record.
pub(super) fn is_label(label: &str) -> bool {
    is_status_label(label) || is_date_label(label) || is_decider_label(label)
}

/// What follows the name for the status in a heading; `None` if the heading is about something else.
pub(super) fn after_status_label(heading: &str) -> Option<usize> {
    STATUS_LABELS
        .iter()
        .filter(|label| **label != "state")
        .filter_map(|label| begins_with(heading, label))
        .max()
}

/// Whether a section of this name, in lower case, weighs or takes a decision.
pub(super) fn is_decision_section(name: &str) -> bool {
    DECISION_SECTIONS
        .iter()
        .any(|section| name.starts_with(section))
}

/// The series that a prefix names: what is left without the words that only say "decision record".
pub(crate) fn track(prefix: &str) -> String {
    prefix
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty() && !is_record_word(part))
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

/// Whether a word in a file name or title says "decision record".
pub(super) fn is_record_word(word: &str) -> bool {
    [
        "adr",
        "adrs",
        "dr",
        "ad",
        "madr",
        "decision",
        "record",
        "no",
        "architecture",
        "architectural",
    ]
    .iter()
    .any(|known| word.eq_ignore_ascii_case(known))
}
