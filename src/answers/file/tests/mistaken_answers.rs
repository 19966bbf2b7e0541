//! Mistakes in answers as a person sees them.

use super::mistakes::check_behind_head;

#[test]
fn unknown_keys() {
    check_behind_head(
        r#"stakes = "money"
[load]
peak-rsp = 50
duplicates = "reject"
[entitys.Order]
[entities.Order]
[entity.Order]
abuot = "x"
zzz = 1
[dependency.payments]
name = "x"
"#,
        r#"unknown key `stakes` in `[service]`
 --> kickoff.toml:5:1
  |
5 | stakes = "money"
  | ^^^^^^
  |
  = help: `stakes` belongs below `[responsibility]`

unknown key `peak-rsp` in `[load]`
 --> kickoff.toml:7:1
  |
7 | peak-rsp = 50
  | ^^^^^^^^
  |
  = help: did you mean `peak-rps`?

unknown key `duplicates` in `[load]`
 --> kickoff.toml:8:1
  |
8 | duplicates = "reject"
  | ^^^^^^^^^^
  |
  = help: `duplicates` belongs below `[data]`

unknown key `entitys`
 --> kickoff.toml:9:2
  |
9 | [entitys.Order]
  |  ^^^^^^^
  |
  = help: did you mean `entity`?

unknown key `entities`
  --> kickoff.toml:10:2
   |
10 | [entities.Order]
   |  ^^^^^^^^
   |
   = help: write one table `[entity.NAME]` for each entity

unknown key `abuot` in `[entity.Order]`
  --> kickoff.toml:12:1
   |
12 | abuot = "x"
   | ^^^^^
   |
   = help: did you mean `about`?

unknown key `zzz` in `[entity.Order]`
  --> kickoff.toml:13:1
   |
13 | zzz = 1
   | ^^^
   |
   = help: known are `about`, `of`, `id`, `fields`, `same-when`, `duplicates`, `conflicts`, `deletion`, `plural`

unknown key `name` in `[dependency.payments]`
  --> kickoff.toml:15:1
   |
15 | name = "x"
   | ^^^^
   |
   = help: known are `for`, `critical`, `timeout`, `twice-safe`, `attempts`, `backoff`, `when-down`, `fallback`, `breaker`, `concurrency`
"#,
    );
}

#[test]
fn wrong_types_and_values() {
    check_behind_head(
        r#"[load]
peak-rps = "50"
p99 = 300
availability = [99]
dependencies = ["payments"]
request-timeout = "5 parsecs"
[data]
duplicates = true
[done]
items = "ci"
[dependency.x]
critical = "yes"
timeout = 1.5
[communication]
styles = ["rest", 3, "", "rset"]
[ownership]
database-owner = "@a b"
[reality]
ends-on = 2026-11-25T10:00:00Z
"#,
        r#"`peak-rps`: expected a whole number like `50`, found text
 --> kickoff.toml:6:12
  |
6 | peak-rps = "50"
  |            ^^^^
  |
  = help: write `50`

`p99`: expected a duration like `"2s"`, found a whole number
 --> kickoff.toml:7:7
  |
7 | p99 = 300
  |       ^^^
  |
  = help: say the unit: `"300s"` or `"300ms"`

`availability`: expected a percentage like `"99.9"`, found a list
 --> kickoff.toml:8:16
  |
8 | availability = [99]
  |                ^^^^

`dependencies` can only be the empty list `[]`, which says that there are none
 --> kickoff.toml:9:16
  |
9 | dependencies = ["payments"]
  |                ^^^^^^^^^^^^
  |
  = help: write one table `[dependency.NAME]` for each dependency

`request-timeout`: `5 parsecs` is not a length of time: write a number and a unit, like `800ms`, `2s`, `5m`, `1h` or `30d`
  --> kickoff.toml:10:19
   |
10 | request-timeout = "5 parsecs"
   |                   ^^^^^^^^^^^

`duplicates`: expected one of `"reject"`, `"return-existing"`, `"update"`, found a boolean
  --> kickoff.toml:12:14
   |
12 | duplicates = true
   |              ^^^^

`items`: expected a list of words like `["validation"]`, found text
  --> kickoff.toml:14:9
   |
14 | items = "ci"
   |         ^^^^
   |
   = help: write `["ci"]`

`critical`: expected `true` or `false`, found text
  --> kickoff.toml:16:12
   |
16 | critical = "yes"
   |            ^^^^^
   |
   = help: write `true`

`timeout`: expected a duration like `"2s"`, found a number with a fraction
  --> kickoff.toml:17:11
   |
17 | timeout = 1.5
   |           ^^^

`styles` is a list of texts in quotes, and this is a whole number
  --> kickoff.toml:19:19
   |
19 | styles = ["rest", 3, "", "rset"]
   |                   ^

`styles`: there is nothing to read here: take it out of the list
  --> kickoff.toml:19:22
   |
19 | styles = ["rest", 3, "", "rset"]
   |                      ^^

`styles`: `rset` is not a choice, did you mean `rest`? write one of `rest`, `work-queue`, `publish-events`, `consume-events`
  --> kickoff.toml:19:26
   |
19 | styles = ["rest", 3, "", "rset"]
   |                          ^^^^^^

`database-owner`: `@a b` is not a handle: write `@name`, `@organisation/team`, or a name without `@`
  --> kickoff.toml:21:18
   |
21 | database-owner = "@a b"
   |                  ^^^^^^

`ends-on`: expected a date like `"2026-11-25"`, found a date or time
  --> kickoff.toml:23:11
   |
23 | ends-on = 2026-11-25T10:00:00Z
   |           ^^^^^^^^^^^^^^^^^^^^
"#,
    );
}

#[test]
fn mistakes_inside_the_notation() {
    check_behind_head(
        "[entity.Order.fields]\nnumber = \"string(1..32) uniqe\"\ntotal = \"float\"\n\"größe\" = '''\n  decimal(40)'''\nquote = \"string(5) = \\\"a\\\" wrong\"\nid = \"int\"\nlist = [\"a\"]\nnote = { typ = \"text?\" }\nmemo = { type = \"text?\", empty = 5 }\nempty = \"\"\n",
        r#"`uniqe` means nothing here
 --> kickoff.toml:6:25
  |
6 | number = "string(1..32) uniqe"
  |                         ^^^^^
  |
  = help: did you mean `unique`?

`float` may be a binary fraction, which cannot hold amounts: 0.1 + 0.2 gives 0.30000000000000004
 --> kickoff.toml:7:10
  |
7 | total = "float"
  |          ^^^^^
  |
  = help: write `int` for counts, `decimal(12, 2)` for exact fractions, `decimal(9, 6)` for degrees, `money(EUR)` for amounts

a decimal cannot have 40 digits
 --> kickoff.toml:9:11
  |
9 |   decimal(40)'''
  |           ^^
  |
  = help: write between 1 and 18

`wrong` means nothing here
  --> kickoff.toml:10:28
   |
10 | quote = "string(5) = \"a\" wrong"
   |                            ^^^^^
   |
   = help: what can follow a type: `unique`, `personal`, `= default`, `>= 0`, `0..100`, `matching /…/`, `on delete …`

`id` is taken: every record has an `id`, made by the service
  --> kickoff.toml:11:1
   |
11 | id = "int"
   | ^^
   |
   = help: leave it out; if something else is meant, name that, for example `number`, `edition` or `min_x`

`list`: expected the notation of a field in quotes, found a list
  --> kickoff.toml:12:8
   |
12 | list = ["a"]
   |        ^^^^^
   |
   = help: for example `"string(1..32) unique"`

the field `note` has no `type`
  --> kickoff.toml:13:8
   |
13 | note = { typ = "text?" }
   |        ^^^^^^^^^^^^^^^^^
   |
   = help: write `note = { type = "text?", empty = "…" }`

unknown key `typ` in `[entity.Order.fields.note]`
  --> kickoff.toml:13:10
   |
13 | note = { typ = "text?" }
   |          ^^^
   |
   = help: did you mean `type`?

`empty`: expected text in quotes, found a whole number
  --> kickoff.toml:14:34
   |
14 | memo = { type = "text?", empty = 5 }
   |                                  ^

the type is missing
  --> kickoff.toml:15:10
   |
15 | empty = ""
   |          ^
   |
   = help: the types are `string`, `text`, `int`, `decimal`, `money(EUR)`, `bool`, `instant`, `date`, `uuid`, `email`, `url`, `json`, `bytes`, words like `draft | placed`, `-> Entity` and `<-> Entity`
"#,
    );
}

#[test]
fn mistakes_below_open() {
    check_behind_head(
        r#"[load]
peak-rps = 5
[open]
"load.peak-rps" = "later"
"load.p98" = ""
load.p99 = 3
"#,
        r#"`load.peak-rps` is put off here, but it is answered too
 --> kickoff.toml:8:1
  |
8 | "load.peak-rps" = "later"
  | ^^^^^^^^^^^^^^^
  |
  = help: remove this line, or the answer

there is no question `load.p98` to put off
 --> kickoff.toml:9:1
  |
9 | "load.p98" = ""
  | ^^^^^^^^^^
  |
  = help: did you mean `load.p99`?

`load.p99`: expected a note in quotes, found a whole number
  --> kickoff.toml:10:12
   |
10 | load.p99 = 3
   |            ^
   |
   = help: write who decides, by when, or what is missing; `""` is enough
"#,
    );
}

#[test]
fn names_of_items_and_fields() {
    check_behind_head(
        r#"[entity.Order]
[entity.order.fields]
number = "int"
Number = "int"
[entity."Order Line"]
[caller." web"]
[caller.9]
"#,
        r#"`order` differs from the entity `Order` in case only
 --> kickoff.toml:6:9
  |
6 | [entity.order.fields]
  |         ^^^^^
  |
  = help: rename one of them, or merge them

`Number` differs from the field `number` in case only
 --> kickoff.toml:8:1
  |
8 | Number = "int"
  | ^^^^^^
  |
  = help: rename one of them, or merge them

`Order Line` contains ` `: use letters and digits only, for example `OrderLine`
 --> kickoff.toml:9:9
  |
9 | [entity."Order Line"]
  |         ^^^^^^^^^^^^

the name ` web` has blanks around it
  --> kickoff.toml:10:9
   |
10 | [caller." web"]
   |         ^^^^^^
   |
   = help: write `web`

`9` starts with `9`: start with a letter
  --> kickoff.toml:11:9
   |
11 | [caller.9]
   |         ^
"#,
    );
}

#[test]
fn tables_in_the_wrong_shape() {
    check_behind_head(
        r#"load = 5
[[entity]]
name = "Order"
[dependency]
payments = "http"
timeout = "5s"
[responsibility]
owns = []
[capability.x]
"#,
        r#"unknown key `load` in `[service]`
 --> kickoff.toml:5:1
  |
5 | load = 5
  | ^^^^
  |
  = help: known are `name`, `created`, `code`

`entity` is not a list of tables
 --> kickoff.toml:6:1
  |
6 | [[entity]]
  | ^^^^^^^^^^
  |
  = help: write `[entity.NAME]` with single brackets

`payments` is not a table but text
 --> kickoff.toml:9:12
  |
9 | payments = "http"
  |            ^^^^^^
  |
  = help: write `[dependency.payments]` in a line of its own

`timeout` is not a table but text
  --> kickoff.toml:10:11
   |
10 | timeout = "5s"
   |           ^^^^
   |
   = help: `timeout` belongs below the table of one dependency: `[dependency.NAME]`

`owns` says that there are no capabilities, and there are
  --> kickoff.toml:12:8
   |
12 | owns = []
   |        ^^
   |
   = help: remove the line, or the tables
"#,
    );
}
