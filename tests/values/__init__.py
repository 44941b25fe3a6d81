"""Mirrors server/values/."""
