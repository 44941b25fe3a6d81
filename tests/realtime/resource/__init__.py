"""Mirrors server/realtime/resource/."""
