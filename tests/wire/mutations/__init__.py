"""server/realtime/mutations/, over the wire."""
