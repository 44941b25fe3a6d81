"""server/realtime/gateway/, over the wire."""
