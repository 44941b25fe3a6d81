"""Mirrors server/seeds/."""
