"""server/realtime/presence/, over the wire."""
