"""Mirrors server/realtime/selection/."""
