"""Mirrors server/realtime/gateway/."""
