"""Time zones by the names that everybody knows them by (IANA): those that exist, and the one of this machine."""

from functools import cache
from importlib.resources import files

UTC = "UTC"
# It stands for "nobody has set a zone", and browsers don't know it.
_NO_ZONE = "Factory"


@cache
def names() -> frozenset[str]:
    """All of them, whether or not the machine has their files: the package `tzdata` has."""
    listed = (files("tzdata") / "zones").read_text(encoding="utf-8").split()
    return frozenset(listed) - {_NO_ZONE}


def of_this_machine() -> str:
    """By `TZ`, /etc/localtime and whatever else tells; UTC where nothing does, or nothing that has a name."""
    # Read by most starts, but not by those of processes that have the setting.
    from tzlocal import get_localzone_name

    try:
        found = get_localzone_name()
    except Exception:
        # What is there contradicts itself, or cannot be read.
        return UTC
    return found if found in names() else UTC
