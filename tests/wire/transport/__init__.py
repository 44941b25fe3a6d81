"""server/realtime/transport/, over the wire."""
