"""Mirrors server/realtime/presence/."""
