use std::fmt::Write as _;

use snapbox::str;

use super::*;
use crate::evidence::SourceFile;
use crate::proposal::schema;

/// What is offered for these migrations, as text.
fn offered(sql: &str) -> String {
    let file = SourceFile {
        path: "migrations/1.sql".to_owned(),
        text: sql.to_owned(),
    };
    let mut proposals = Proposals::default();
    propose(&schema::read(std::iter::once(&file)), &mut proposals);
    let mut text = String::new();
    for offer in proposals.items(catalog::question("data.entities").expect("in the catalog")) {
        writeln!(text, "{}: {}", offer.item.name, offer.found).expect("a string");
        if let Some(Value::List(same)) = offer.item.parts.get("same-when") {
            writeln!(text, "  same when {}", same.join(", ")).expect("a string");
        }
        if let Some(Value::Fields(fields)) = offer.item.parts.get("fields") {
            for field in fields {
                writeln!(text, "  {}: {}", field.name, field.spec).expect("a string");
            }
        }
        for remark in &offer.remarks {
            writeln!(text, "  ! {remark}").expect("a string");
        }
    }
    text
}

#[test]
fn columns_become_fields() {
    snapbox::assert_data_eq!(
        offered(
            r#"
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE "user" (
    user_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    username TEXT COLLATE "case_insensitive" UNIQUE NOT NULL,
    nick VARCHAR(40),
    bio TEXT NOT NULL DEFAULT '-',
    mood mood NOT NULL DEFAULT 'ok'::mood,
    is_admin BOOLEAN NOT NULL DEFAULT false,
    height REAL,
    balance NUMERIC(12, 4) NOT NULL,
    anything NUMERIC,
    tags TEXT[] NOT NULL,
    born DATE,
    seen TIMESTAMPTZ NOT NULL DEFAULT now(),
    woken TIMESTAMP,
    address INET,
    extra JSONB NOT NULL DEFAULT '{}',
    invited_by UUID REFERENCES "user" (user_id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ
);
"#
        ),
        str![[r#"
User: the table `user` in `migrations/1.sql`, line 3
  username: string unique
  nick: string(40)?
  bio: text = "-"
  mood: sad | ok | happy = ok
  is_admin: bool = false
  balance: decimal(12, 4)
  born: date?
  seen: instant = now
  woken: instant?
  extra: json = {}
  invited_by: -> User? on delete clear
  ! its id is `user_id`, UUID
  ! `username` has no limit there; `string` is at most 255 characters
  ! `height` is left out: `REAL` is not exact: `decimal(12, 2)`, or an `int` in a smaller unit?
  ! `anything` is left out: `NUMERIC` does not say how many digits: `decimal(12, 2)`, or `money(EUR)`?
  ! `tags` is left out: it is a list there: an entity of its own, or `json`?
  ! `woken` is a moment without a time zone there; here it is in UTC
  ! `address` is left out: there is no notation for `INET`
  ! `created_at`, `updated_at` left out: every record keeps that by itself

"#]]
    );
}

#[test]
fn relations_of_every_kind_are_read() {
    snapbox::assert_data_eq!(
        offered(
            r#"
CREATE TABLE articles (id BIGSERIAL PRIMARY KEY, author_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE users (id BIGSERIAL PRIMARY KEY, email VARCHAR(254) NOT NULL);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE TABLE tags (name VARCHAR(30) PRIMARY KEY);
CREATE TABLE article_tags (
    article_id BIGINT NOT NULL REFERENCES articles (id),
    tag VARCHAR(30) NOT NULL REFERENCES tags (name),
    PRIMARY KEY (article_id, tag)
);
CREATE TABLE follows (
    follower_id BIGINT NOT NULL REFERENCES users (id),
    followed_id BIGINT NOT NULL REFERENCES users (id),
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (follower_id, followed_id)
);
CREATE TABLE profiles (user_id BIGINT PRIMARY KEY REFERENCES users (id), motto VARCHAR(200));
CREATE TABLE strangers (id INT PRIMARY KEY, tenant_id INT NOT NULL REFERENCES auth.tenants (id));
"#
        ),
        str![[r#"
Article: the table `articles` in `migrations/1.sql`, line 2
  author: -> User on delete cascade
  tags: <-> Tag
  ! `tags` is the table `article_tags` in `migrations/1.sql`, line 6
User: the table `users` in `migrations/1.sql`, line 3
  email: string(254) unique
Tag: the table `tags` in `migrations/1.sql`, line 5
  name: string(30) unique
Follow: the table `follows` in `migrations/1.sql`, line 11
  same when follower, followed
  follower: -> User
  followed: -> User
  ! `created_at` left out: every record keeps that by itself
Profile: the table `profiles` in `migrations/1.sql`, line 17
  user: -> User unique
  motto: string(200)?
Stranger: the table `strangers` in `migrations/1.sql`, line 18
  tenant_id: int

"#]]
    );
}

#[test]
fn sqlite_and_mysql_are_read_too() {
    snapbox::assert_data_eq!(
        offered(
            r#"
CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, done BOOLEAN NOT NULL DEFAULT 0) STRICT;
CREATE TABLE `orders` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `status` enum('draft','paid') NOT NULL DEFAULT 'draft',
  `count` int unsigned DEFAULT NULL,
  `flag` tinyint(1) NOT NULL DEFAULT '1',
  PRIMARY KEY (`id`),
  UNIQUE KEY `one` (`count`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE lines (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('good', 'service')),
    order_id INTEGER NOT NULL,
    FOREIGN KEY (order_id) REFERENCES orders (id)
);
CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY);
"#
        ),
        str![[r#"
Note: the table `notes` in `migrations/1.sql`, line 2
  text: text
  done: bool = false
Order: the table `orders` in `migrations/1.sql`, line 3
  status: draft | paid = draft
  count: int? >= 0 unique
  flag: bool = true
Line: the table `lines` in `migrations/1.sql`, line 11
  kind: good | service
  order: -> Order

"#]]
    );
}

/// Whatever is offered can be an answer.
#[test]
fn what_is_offered_is_in_the_notation() {
    let text = offered(
        "CREATE TABLE a (id INT PRIMARY KEY, code VARCHAR(3000) NOT NULL UNIQUE, version INT NOT NULL, ratio DOUBLE PRECISION);",
    );
    for line in text
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("  !"))
    {
        crate::notation::parse_field(line.trim())
            .unwrap_or_else(|error| panic!("{line}: {error:?}"));
    }
    assert!(text.contains("! `code` is left out"), "{text}");
    assert!(text.contains("! `ratio` is left out"), "{text}");
}
