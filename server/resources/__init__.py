"""The gym's channels, one file each: a model, a schema and one `Resource(...)` line.

A file in this folder is a resource: `load` imports them all, so a new one needs no list to be edited, and one that is
removed is none any more.
"""

from importlib import import_module
from pkgutil import iter_modules

# The order in which a client gets the arrays of the base contract; what comes later follows by name.
_FIRST = ("coaches", "workout_plans", "exercise_moves", "schedules")
# The gym's channels, which the page has pages of its own for.
GYM = (*_FIRST, "exceptions")


def load() -> None:
    """Import every resource of this folder; each registers itself."""
    found = [module.name for module in iter_modules(__path__)]
    for name in sorted(found, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST)):
        import_module(f"{__name__}.{name}")
