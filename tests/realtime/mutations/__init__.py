"""Mirrors server/realtime/mutations/."""
