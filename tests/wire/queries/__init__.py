"""server/realtime/queries/, over the wire."""
