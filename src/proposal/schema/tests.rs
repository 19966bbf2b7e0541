use super::*;

fn schema(files: &[(&str, &str)]) -> Schema {
    let files: Vec<SourceFile> = files
        .iter()
        .map(|(path, text)| SourceFile {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        })
        .collect();
    read(files.iter())
}

fn names(schema: &Schema) -> Vec<&str> {
    schema
        .tables
        .iter()
        .map(|table| table.name.as_str())
        .collect()
}

#[test]
fn migrations_are_applied_in_the_order_of_their_numbers() {
    let schema = schema(&[
        ("migrations/V10__drop.sql", "DROP TABLE a;"),
        (
            "migrations/V2__create.sql",
            "CREATE TABLE a (id INT PRIMARY KEY);\nCREATE TABLE b (id INT PRIMARY KEY);",
        ),
        ("migrations/U2__create.sql", "DROP TABLE b;"),
    ]);
    assert_eq!(names(&schema), ["b"]);
    assert_eq!(
        (schema.tables[0].file.as_str(), schema.tables[0].line),
        ("migrations/V2__create.sql", 2)
    );
}

#[test]
fn what_goes_back_is_not_applied() {
    let create = "CREATE TABLE a (id INT PRIMARY KEY);";
    let both = "-- migrate:up\nCREATE TABLE c (id INT);\n\n-- migrate:down\nDROP TABLE c;\n";
    let schema = schema(&[
        ("migrations/2020-01-01-1_a/up.sql", create),
        ("migrations/2020-01-01-1_a/down.sql", "DROP TABLE a;"),
        (
            "migrations/2020-01-01-2_b.up.sql",
            "CREATE TABLE b (id INT);",
        ),
        ("migrations/2020-01-01-2_b.down.sql", "DROP TABLE b;"),
        ("migrations/2020-01-01-3_c.sql", both),
    ]);
    assert_eq!(names(&schema), ["a", "b", "c"]);
}

#[test]
fn later_migrations_change_what_earlier_ones_made() {
    let schema = schema(&[(
        "db/migrations/1.sql",
        "CREATE TABLE people (id INTEGER PRIMARY KEY, nick TEXT NOT NULL, gone TEXT);\n\
         CREATE TABLE pets (id INTEGER PRIMARY KEY, owner_id INTEGER REFERENCES people (id));\n\
         ALTER TABLE people RENAME COLUMN nick TO name;\n\
         ALTER TABLE people DROP COLUMN gone;\n\
         ALTER TABLE people ADD COLUMN mail VARCHAR(80) NOT NULL;\n\
         ALTER TABLE people ALTER COLUMN name DROP NOT NULL;\n\
         ALTER TABLE people RENAME TO persons;\n\
         CREATE UNIQUE INDEX one ON persons (mail);\n\
         CREATE UNIQUE INDEX some ON persons (name) WHERE name <> '';\n",
    )]);
    assert_eq!(names(&schema), ["persons", "pets"]);
    let people = &schema.tables[0];
    let columns: Vec<_> = people
        .columns
        .iter()
        .map(|one| (one.name.as_str(), one.required))
        .collect();
    assert_eq!(columns, [("id", true), ("name", false), ("mail", true)]);
    assert_eq!(people.uniques, [["mail"]]);
    let owner = schema.tables[1].columns[1]
        .reference
        .as_ref()
        .expect("a reference");
    assert_eq!(owner.table, "persons");
}

#[test]
fn what_cannot_be_read_is_told_where_it_belongs() {
    let schema = schema(&[(
        "migrations/1.sql",
        "CREATE TABLE a (id INT PRIMARY KEY);\n\
         CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN NEW.x = 1; RETURN NEW; END; $$ LANGUAGE plpgsql;\n\
         ALTER TABLE public.a FROBNICATE x;\n\
         CREATE TABLE b WITH SUGAR;\n",
    )]);
    assert_eq!(names(&schema), ["a"]);
    assert_eq!(
        schema.tables[0].doubts,
        ["`ALTER TABLE public.a …` in `migrations/1.sql`, line 3, could not be read"]
    );
    assert_eq!(
        schema.doubts,
        ["`CREATE TABLE b …` in `migrations/1.sql`, line 4, could not be read"]
    );
}

#[test]
fn the_same_table_in_two_folders_is_one() {
    let schema = schema(&[
        (
            "migrations/postgres/1.sql",
            "CREATE TABLE a (id UUID PRIMARY KEY);",
        ),
        (
            "other/migrations/1.sql",
            "CREATE TABLE a (id BLOB PRIMARY KEY, more TEXT);",
        ),
    ]);
    assert_eq!(names(&schema), ["a"]);
    assert_eq!(schema.tables[0].columns.len(), 1);
}
