"""Mirrors server/realtime/transport/."""
