//! Database migrations, SQLite and PostgreSQL
