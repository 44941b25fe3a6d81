"""The namespace `/test`, over the wire: server/live/."""
