//! What a statement does to the schema.

use sqlparser::ast::{
    AlterColumnOperation, AlterTable, AlterTableOperation, ColumnDef, ColumnOption, CreateTable,
    DataType, ObjectType, RenameTableNameKind, Statement, TableConstraint,
    UserDefinedTypeRepresentation,
};

use super::rules::{last, listed_words, names, refers, word_of};
use super::statements::{self, Read, Unread};
use super::{Column, Schema, Table};
use crate::evidence::SourceFile;

pub(super) fn script(schema: &mut Schema, script: &SourceFile) {
    let Some(statements) = statements::read(&script.text) else {
        schema
            .doubts
            .push(format!("`{}` could not be read", script.path));
        return;
    };
    for Read { line, statement } in statements {
        match statement {
            Ok(statement) => apply(schema, &script.path, line, statement),
            Err(Unread { words, table }) => {
                let doubt = format!(
                    "`{words} …` in `{}`, line {line}, could not be read",
                    script.path
                );
                match table {
                    None => {}
                    Some(name) => match schema.table_mut(&name) {
                        Some(table) => table.doubts.push(doubt),
                        None => schema.doubts.push(doubt),
                    },
                }
            }
        }
    }
}

fn apply(schema: &mut Schema, file: &str, line: u64, statement: Statement) {
    match statement {
        Statement::CreateTable(created) => create(schema, file, line, created),
        Statement::AlterTable(AlterTable {
            name, operations, ..
        }) => {
            let mut name = last(&name);
            for operation in operations {
                name = alter(schema, &name, operation);
            }
        }
        Statement::Drop {
            object_type: ObjectType::Table,
            names,
            ..
        } => {
            let names: Vec<String> = names.iter().map(last).collect();
            schema.tables.retain(|table| !names.contains(&table.name));
        }
        Statement::CreateIndex(index) if index.unique && index.predicate.is_none() => {
            if let (Some(table), Some(columns)) = (
                schema.table_mut(&last(&index.table_name)),
                names(&index.columns),
            ) {
                table.uniques.push(columns);
            }
        }
        Statement::CreateType {
            name,
            representation: Some(UserDefinedTypeRepresentation::Enum { labels }),
        } => {
            let labels = labels.into_iter().map(|label| label.value).collect();
            schema.enums.insert(last(&name).to_lowercase(), labels);
        }
        _ => {}
    }
}

fn create(schema: &mut Schema, file: &str, line: u64, created: CreateTable) {
    let name = last(&created.name);
    if created.temporary || created.columns.is_empty() || schema.table_mut(&name).is_some() {
        return;
    }
    let mut table = Table {
        name,
        file: file.to_owned(),
        line,
        ..Table::default()
    };
    for column in created.columns {
        add_column(&mut table, column);
    }
    for constraint in created.constraints {
        constrain(&mut table, constraint);
    }
    schema.tables.push(table);
}

/// Changes a table, and returns the name that it has then.
fn alter(schema: &mut Schema, name: &str, operation: AlterTableOperation) -> String {
    if let AlterTableOperation::RenameTable { table_name } = operation {
        let (RenameTableNameKind::As(new) | RenameTableNameKind::To(new)) = table_name;
        return rename(schema, name, last(&new));
    }
    let Some(table) = schema.table_mut(name) else {
        return name.to_owned();
    };
    match operation {
        AlterTableOperation::AddColumn { column_def, .. } => add_column(table, column_def),
        AlterTableOperation::AddConstraint { constraint, .. } => constrain(table, constraint),
        AlterTableOperation::DropColumn { column_names, .. } => {
            let gone: Vec<String> = column_names.into_iter().map(|one| one.value).collect();
            table.columns.retain(|column| !gone.contains(&column.name));
            table.key.retain(|column| !gone.contains(column));
            table
                .uniques
                .retain(|columns| !columns.iter().any(|column| gone.contains(column)));
        }
        AlterTableOperation::RenameColumn {
            old_column_name,
            new_column_name,
        } => {
            let (old, new) = (old_column_name.value, new_column_name.value);
            let columns = table.columns.iter_mut().map(|column| &mut column.name);
            let listed = table
                .key
                .iter_mut()
                .chain(table.uniques.iter_mut().flatten());
            columns
                .chain(listed)
                .filter(|one| **one == old)
                .for_each(|one| one.clone_from(&new));
        }
        AlterTableOperation::AlterColumn { column_name, op } => {
            if let Some(column) = table.column_mut(&column_name.value) {
                alter_column(column, op);
            }
        }
        AlterTableOperation::ModifyColumn {
            col_name,
            data_type,
            options,
            ..
        } => {
            replace_column(table, &col_name.value, &col_name.value, data_type, options);
        }
        AlterTableOperation::ChangeColumn {
            old_name,
            new_name,
            data_type,
            options,
            ..
        } => {
            replace_column(table, &old_name.value, &new_name.value, data_type, options);
        }
        AlterTableOperation::DropPrimaryKey { .. } => table.key.clear(),
        AlterTableOperation::DropConstraint { name: dropped, .. } => {
            table.doubts.push(format!(
                "the rule `{dropped}` is dropped again, and may still be counted here"
            ));
        }
        _ => {}
    }
    name.to_owned()
}

/// What refers to the table refers to it by its new name.
fn rename(schema: &mut Schema, old: &str, new: String) -> String {
    for table in &mut schema.tables {
        let references = table
            .columns
            .iter_mut()
            .filter_map(|column| column.reference.as_mut());
        references
            .filter(|one| one.table == old)
            .for_each(|one| one.table.clone_from(&new));
        if table.name == old {
            table.name.clone_from(&new);
        }
    }
    new
}

fn alter_column(column: &mut Column, operation: AlterColumnOperation) {
    match operation {
        AlterColumnOperation::SetNotNull => column.required = true,
        AlterColumnOperation::DropNotNull => column.required = false,
        AlterColumnOperation::SetDefault { value } => column.default = Some(value.to_string()),
        AlterColumnOperation::DropDefault => column.default = None,
        AlterColumnOperation::SetDataType { data_type, .. } => set_kind(column, &data_type),
        _ => {}
    }
}

fn replace_column(
    table: &mut Table,
    old: &str,
    new: &str,
    data_type: DataType,
    options: Vec<ColumnOption>,
) {
    let Some(at) = table.columns.iter().position(|column| column.name == old) else {
        return;
    };
    let mut column = Column {
        name: new.to_owned(),
        reference: table.columns[at].reference.clone(),
        ..Column::default()
    };
    set_kind(&mut column, &data_type);
    for option in options {
        set_option(table, &mut column, option);
    }
    table.columns[at] = column;
}

fn add_column(table: &mut Table, definition: ColumnDef) {
    let mut column = Column {
        name: definition.name.value,
        ..Column::default()
    };
    set_kind(&mut column, &definition.data_type);
    for option in definition.options {
        set_option(table, &mut column, option.option);
    }
    if table.column(&column.name).is_none() {
        table.columns.push(column);
    }
}

fn set_kind(column: &mut Column, kind: &DataType) {
    column.kind = kind.to_string().to_uppercase();
    column.words = match kind {
        DataType::Enum(members, _) => Some(members.iter().map(word_of).collect()),
        _ => None,
    };
}

fn set_option(table: &mut Table, column: &mut Column, option: ColumnOption) {
    match option {
        ColumnOption::NotNull => column.required = true,
        ColumnOption::Default(value) => column.default = Some(value.to_string()),
        ColumnOption::PrimaryKey(_) => {
            column.required = true;
            table.key.push(column.name.clone());
        }
        ColumnOption::Unique(_) => table.uniques.push(vec![column.name.clone()]),
        ColumnOption::ForeignKey(reference) => column.reference = Some(refers(&reference)),
        ColumnOption::Check(check) => {
            if let Some((name, words)) = listed_words(&check.expr)
                && name == column.name
            {
                column.words = Some(words);
            }
        }
        _ => {}
    }
}

fn constrain(table: &mut Table, constraint: TableConstraint) {
    match constraint {
        TableConstraint::PrimaryKey(key) => {
            let Some(columns) = names(&key.columns) else {
                return;
            };
            for name in &columns {
                if let Some(column) = table.column_mut(name) {
                    column.required = true;
                }
            }
            table.key = columns;
        }
        TableConstraint::Unique(unique) => table.uniques.extend(names(&unique.columns)),
        TableConstraint::ForeignKey(reference) => {
            if let [name] = &reference.columns[..]
                && let Some(column) = table.column_mut(&name.value)
            {
                column.reference = Some(refers(&reference));
            }
        }
        TableConstraint::Check(check) => {
            if let Some((name, words)) = listed_words(&check.expr)
                && let Some(column) = table.column_mut(&name)
            {
                column.words = Some(words);
            }
        }
        _ => {}
    }
}
