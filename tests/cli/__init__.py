"""Mirrors server/cli/."""
