"""Mirrors server/realtime/protocol/."""
