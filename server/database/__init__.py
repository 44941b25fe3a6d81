"""Connections to SQLite and PostgreSQL, what is special about each, migrations, and the bus between processes.

In: settings. Out: engines, statements, and the errors that mean that a database cannot be used now.
"""
