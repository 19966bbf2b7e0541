fn migrator() -> Migrator {
    let migration = |(version, description, sql): &(i64, &'static str, &'static str)| {
        let sql = sqlx::SqlSafeStr::into_sql_str(*sql);
        let kind = MigrationType::Simple;
        Migration::new(*version, (*description).into(), kind, sql, false)
    };
    let mut migrator = Migrator::with_migrations(MIGRATIONS.iter().map(migration).collect());
    // After a roll-back, the schema is the newer version's; it suits the older one too.
    migrator.set_ignore_missing(true);
    migrator
}
