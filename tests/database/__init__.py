"""Mirrors server/database/."""
