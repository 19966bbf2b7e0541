use super::*;

const ORDERS: &str = "\
-- Orders.
CREATE TABLE orders (
    id BLOB PRIMARY KEY NOT NULL,
    number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 32),
    -- Empty: none.
    note TEXT CHECK (length(note) BETWEEN 1 AND 200),
    customer_id BLOB NOT NULL REFERENCES customers (id),
    status TEXT NOT NULL CHECK (status IN ('draft', 'paid, twice'))
) STRICT;

CREATE UNIQUE INDEX orders_by_number ON orders (number);
CREATE INDEX orders_status ON orders (status, id);
";

fn planned(new: &str, destructive: bool) -> Result<Vec<Script>, Vec<Risk>> {
    let scripts =
        |text: &str| Scripts::from([("0001_create_orders.sql".to_owned(), text.to_owned())]);
    let defaults = Defaults::from([(("orders".to_owned(), "size".to_owned()), "3".to_owned())]);
    plan(&scripts(ORDERS), &scripts(new), &defaults, 9, destructive)
}

#[track_caller]
fn check(from: &str, to: &str, file: &str, text: &str) {
    assert!(ORDERS.contains(from), "{from}");
    let scripts = planned(&ORDERS.replacen(from, to, 1), false).expect("nothing is lost");
    let [script] = scripts.as_slice() else {
        panic!("{scripts:?}")
    };
    assert_eq!(
        (script.migration.file.as_str(), script.text.as_str()),
        (file, text)
    );
}

#[track_caller]
fn check_risk(from: &str, to: &str, what: &str, allowed: Option<&str>) {
    assert!(ORDERS.contains(from), "{from}");
    let new = ORDERS.replacen(from, to, 1);
    let risks = planned(&new, false).expect_err("a risk");
    assert_eq!(
        risks
            .iter()
            .map(|risk| risk.what.as_str())
            .collect::<Vec<_>>(),
        [what]
    );
    assert_eq!(risks[0].can_be_allowed, allowed.is_some());
    let texts = planned(&new, true).map(|scripts| scripts[0].text.clone());
    // The project's own test asks for the line.
    let allowed = allowed.map(|text| format!("-- contract: {what}\n{text}"));
    assert_eq!(texts.ok(), allowed);
}

#[test]
fn nothing_changes() {
    assert_eq!(planned(ORDERS, false), Ok(Vec::new()));
    assert_eq!(
        planned(
            &ORDERS.replace("-- Empty: none.", "-- Empty: nothing."),
            false
        ),
        Ok(Vec::new())
    );
}

#[test]
fn what_can_be_added_is() {
    check(
        "    status",
        "    -- Empty: not yet.\n    paid_at TEXT,\n    status",
        "0009_add_paid_at_to_orders.sql",
        "-- Empty: not yet.\nALTER TABLE orders ADD COLUMN paid_at TEXT;\n",
    );
    check(
        "    status",
        "    size INTEGER NOT NULL CHECK (size >= 1),\n    status",
        "0009_add_size_to_orders.sql",
        "ALTER TABLE orders ADD COLUMN size INTEGER NOT NULL DEFAULT 3 CHECK (size >= 1);\n",
    );
    check(
        "CREATE INDEX",
        "CREATE UNIQUE INDEX orders_by_note ON orders (note);\nCREATE INDEX",
        "0009_change_indexes_of_orders.sql",
        "-- Where records are the same, this changes nothing and says so. They are found by:\n\
         -- SELECT note, count(*) FROM orders GROUP BY note HAVING count(*) > 1;\n\
         CREATE UNIQUE INDEX orders_by_note ON orders (note);\n",
    );
}

#[test]
fn what_gets_wider_takes_over_from_a_column_beside() {
    check(
        "AND 32",
        "AND 64",
        "0009_change_number_of_orders.sql",
        "DROP INDEX orders_by_number;\n\n\
         ALTER TABLE orders ADD COLUMN number_next TEXT NOT NULL DEFAULT 'x' CHECK (length(number_next) BETWEEN 1 AND 64);\n\
         UPDATE orders SET number_next = number;\n\
         ALTER TABLE orders DROP COLUMN number;\n\
         ALTER TABLE orders RENAME COLUMN number_next TO number;\n\n\
         CREATE UNIQUE INDEX orders_by_number ON orders (number);\n",
    );
    check(
        "'draft', ",
        "'draft', 'sent', ",
        "0009_change_status_of_orders.sql",
        "DROP INDEX orders_status;\n\n\
         ALTER TABLE orders ADD COLUMN status_next TEXT NOT NULL DEFAULT 'draft' CHECK (status_next IN ('draft', 'sent', 'paid, twice'));\n\
         UPDATE orders SET status_next = status;\n\
         ALTER TABLE orders DROP COLUMN status;\n\
         ALTER TABLE orders RENAME COLUMN status_next TO status;\n\n\
         CREATE INDEX orders_status ON orders (status, id);\n",
    );
    check(
        "customer_id BLOB NOT NULL",
        "customer_id BLOB",
        "0009_change_customer_id_of_orders.sql",
        "ALTER TABLE orders ADD COLUMN customer_id_next BLOB REFERENCES customers (id);\n\
         UPDATE orders SET customer_id_next = customer_id;\n\
         ALTER TABLE orders DROP COLUMN customer_id;\n\
         ALTER TABLE orders RENAME COLUMN customer_id_next TO customer_id;\n",
    );
}

#[test]
fn what_could_lose_data_is_asked_for() {
    check_risk(
        "    -- Empty: none.\n    note TEXT CHECK (length(note) BETWEEN 1 AND 200),\n",
        "",
        "the column `orders.note` is dropped, with all that is in it",
        Some("ALTER TABLE orders DROP COLUMN note;\n"),
    );
    check_risk(
        "    status",
        "    due TEXT NOT NULL,\n    status",
        "the new column `orders.due` is never empty, and the rows that are there have no value for it",
        None,
    );
    check_risk(
        "AND 200",
        "AND 100",
        "the column `orders.note` takes less than before: some values are outside of the rule, perhaps",
        Some(
            "ALTER TABLE orders ADD COLUMN note_next TEXT CHECK (length(note_next) BETWEEN 1 AND 100);\n\
             UPDATE orders SET note_next = note;\n\
             ALTER TABLE orders DROP COLUMN note;\n\
             ALTER TABLE orders RENAME COLUMN note_next TO note;\n",
        ),
    );
    check_risk(
        ORDERS,
        "",
        "the table `orders` is dropped, with all that is in it",
        Some("DROP TABLE orders;\n"),
    );
}

#[test]
fn the_steps_are_written_out() {
    let new = ORDERS.replace("    status", "    due TEXT NOT NULL,\n    status");
    let risks = planned(&new, true).expect_err("cannot be allowed");
    assert!(risks[0].steps[0].starts_with("expand: let the field be optional"));
    assert!(risks[0].steps[2].starts_with("contract: "));
}

#[test]
fn a_new_table_is_the_script_that_creates_it() {
    let old = Scripts::new();
    let new = Scripts::from([("0001_create_orders.sql".to_owned(), ORDERS.to_owned())]);
    let scripts = plan(&old, &new, &Defaults::new(), 4, false).expect("nothing is lost");
    assert_eq!(scripts[0].text, ORDERS);
    assert_eq!(scripts[0].migration.file, "0004_create_orders.sql");
    assert_eq!(scripts[0].migration.label, "create orders");
}
