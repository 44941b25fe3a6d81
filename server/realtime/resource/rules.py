"""Which callers may read or write a resource's records, as the resource declares it."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from server.realtime.protocol.caller import Caller

logger = logging.getLogger("spotter.resource")

# Whether this caller may read, or write, this record. See Rule.
Test = Callable[[Caller, Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """Callers with one of these `roles` may (None: all callers); with `of`, only for records that it returns true for.

    `of` is called with the caller, without what differs between its connections, and with the record, which has the ids
    alone of what it embeds. Its answer must depend on nothing else. If it raises, no caller but an admin may.
    """

    roles: frozenset[str] | None
    of: Test | None = None

    @classmethod
    def parse(cls, declared: "Declared") -> "Rule":
        """A rule as a resource declares it: roles by name, a function of the caller and the record, or a Rule."""
        if isinstance(declared, Rule):
            return declared
        if callable(declared):
            return cls(None, declared)
        if isinstance(declared, str):
            raise TypeError(f"Name the roles in a tuple: ({declared!r},)")
        return cls(frozenset(declared))

    def allows_role(self, role: str | None) -> bool:
        """Whether the role may for some record."""
        return self.roles is None or role in self.roles

    def covers(self, other: "Rule | None") -> bool:
        """Whether all callers that the other rule (None: no rule) allows are allowed by this one, for any record."""
        if self.of is not None or self.roles is None:
            return self.of is None
        return other is not None and other.roles is not None and other.roles <= self.roles

    def allows(self, caller: Caller, record: Mapping[str, Any]) -> bool:
        """Whether the caller may. The record is as `relations.without_copies` returns it."""
        if not self.allows_role(caller.role):
            return False
        if self.of is None:
            return True
        try:
            return bool(self.of(caller, record))
        except Exception:
            logger.exception("a rule failed, so it allows nobody")
            return False


Declared = Rule | Collection[str] | Test


def by_action(actions: Collection[str], declared: Mapping[str, Declared] | Declared) -> dict[str, Rule]:
    """A rule for each action: the one for all, or its own. Without one only admins may."""
    if not isinstance(declared, Mapping):
        declared = dict.fromkeys(actions, declared)
    if unknown := declared.keys() - set(actions):
        raise TypeError(f"{min(unknown)!r} is none of {', '.join(actions)}: who may write is said by these")
    return {action: Rule.parse(declared.get(action, ())) for action in actions}
