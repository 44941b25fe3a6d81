-- A role and a database for Spotter: sudo -u postgres psql -f deploy/postgresql.sql
-- The role needs no password on the machine of the database, where PostgreSQL asks the system who it is. For other
-- machines give it one with psql's \password spotter, and let them in in pg_hba.conf (docs/operations.md).

\set ON_ERROR_STOP on
CREATE ROLE spotter LOGIN;
CREATE DATABASE spotter OWNER spotter ENCODING 'UTF8' TEMPLATE template0;
-- Another program's role has no business here.
REVOKE CONNECT ON DATABASE spotter FROM PUBLIC;
