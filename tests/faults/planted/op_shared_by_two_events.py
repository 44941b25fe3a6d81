"""An op is answered as the first time, whatever it comes with."""


def plant() -> None:
    """Take every payload for the same."""
    from server.realtime.gateway import gateway

    gateway.digest = lambda event, data: "the same"  # type: ignore[assignment]
