"""`python -m server`, with coaches and classes for coaches alone: a coach sees the classes that he or she gives."""

# ruff: noqa: E402  (gevent's patches come before every other import, as in server/__main__.py)

from gevent import monkey

monkey.patch_all()

from collections.abc import Mapping
from typing import Any

from server.__main__ import main
from server.fields import Reference
from server.realtime.protocol.caller import Caller
from server.realtime.resource.rules import Rule
from server.resources import coaches, exceptions, schedules


class OfHiddenClasses(exceptions.DateExceptionSchema):
    """Exceptions that say no more of a class than its id, as not all who read them may read the class."""

    class Meta:
        model = exceptions.DateException

    schedule = Reference("ScheduleSchema", only=("id",), owned=True)


def is_given_by(caller: Caller, record: Mapping[str, Any]) -> bool:
    """Whether the class is the caller's."""
    return caller.user is not None and caller.user["id"] == record["coach"]["id"]


coaches.resource.read = Rule.parse(("coach",))
schedules.resource.read = Rule(frozenset({"coach"}), is_given_by)
exceptions.resource.read = Rule.parse(("coach",))
exceptions.resource.schema = OfHiddenClasses()

main()
