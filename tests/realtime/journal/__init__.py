"""Mirrors server/realtime/journal/."""
