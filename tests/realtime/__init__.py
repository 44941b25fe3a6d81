"""Mirrors server/realtime/."""
