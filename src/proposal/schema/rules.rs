//! What stands in constraints and defaults, as far as it can be read.

use sqlparser::ast::{
    EnumMember, Expr, ForeignKeyConstraint, InTarget, IndexColumn, ObjectName, Value as Literal,
};

use super::Reference;
use super::statements::bare;

pub(super) fn refers(reference: &ForeignKeyConstraint) -> Reference {
    Reference {
        table: last(&reference.foreign_table),
        on_delete: reference
            .on_delete
            .map(|action| action.to_string())
            .unwrap_or_default(),
    }
}

/// The columns of an index; none where one of them is an expression.
pub(super) fn names(columns: &[IndexColumn]) -> Option<Vec<String>> {
    let name = |column: &IndexColumn| match &column.column.expr {
        Expr::Identifier(name) => Some(name.value.clone()),
        _ => None,
    };
    columns.iter().map(name).collect()
}

/// The column and the words of `status IN ('draft', 'paid')`.
pub(super) fn listed_words(rule: &Expr) -> Option<(String, Vec<String>)> {
    let Expr::In {
        expr,
        target: InTarget::List(list),
        negated: false,
        ..
    } = without_brackets(rule)
    else {
        return None;
    };
    let Expr::Identifier(name) = without_brackets(expr) else {
        return None;
    };
    let words: Option<Vec<String>> = list.iter().map(text).collect();
    Some((name.value.clone(), words?))
}

fn without_brackets(expression: &Expr) -> &Expr {
    match expression {
        Expr::Nested(inner) => without_brackets(inner),
        Expr::Cast { expr, .. } => without_brackets(expr),
        other => other,
    }
}

fn text(expression: &Expr) -> Option<String> {
    match without_brackets(expression) {
        Expr::Value(value) => match &value.value {
            Literal::SingleQuotedString(text) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// The table's own name, whatever schema it stands in.
pub(super) fn last(name: &ObjectName) -> String {
    let part = name.0.last().map(ToString::to_string).unwrap_or_default();
    bare(&part)
}

pub(super) fn word_of(member: &EnumMember) -> String {
    match member {
        EnumMember::Name(name) | EnumMember::NamedValue(name, _) => name.clone(),
    }
}
