"""Mirrors server/: settings, start and stop, seed, migrations, layering."""
