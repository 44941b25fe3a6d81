"""Time zones by their IANA names: all that exist, and that of this machine."""

from functools import cache
from importlib.resources import files

UTC = "UTC"
# Stands for a zone that is not set; browsers don't know it.
_NO_ZONE = "Factory"


@cache
def names() -> frozenset[str]:
    """All names of the package `tzdata`, which has the files that the machine may lack."""
    listed = (files("tzdata") / "zones").read_text(encoding="utf-8").split()
    return frozenset(listed) - {_NO_ZONE}


def of_this_machine() -> str:
    """By `TZ`, /etc/localtime and the like; UTC if none is set, or one without a name."""
    # Not needed by processes that have the setting.
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name()
    except Exception:
        # The machine's settings contradict each other, or cannot be read.
        return UTC
    return name if name in names() else UTC
