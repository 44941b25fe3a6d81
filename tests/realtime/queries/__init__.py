"""Mirrors server/realtime/queries/."""
