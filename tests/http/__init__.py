"""Mirrors server/http/."""
