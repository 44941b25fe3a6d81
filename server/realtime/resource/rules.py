"""Who may read or write a resource's records, as the resource declares it."""

import logging
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.realtime.protocol.caller import Caller

logger = logging.getLogger("spotter.resource")

# Whether this caller may, with this record. See Rule.
Test = Callable[[Caller, Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """Those of these `roles` may (None: of any, and who has none); with `of`, only with records that it says so of.

    `of` gets of the caller what does not change from day to day, and of what a record embeds the ids alone: it must say
    the same for as long as neither the record nor the account is another. With a record that it fails for nobody may.
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

    def lets(self, role: str | None) -> bool:
        """Whether some record may be for this role."""
        return self.roles is None or role in self.roles

    def covers(self, other: "Rule | None") -> bool:
        """Whether whoever may by the other rule (None: everybody) may by this one too, whatever the record."""
        if self.of is not None or self.roles is None:
            return self.of is None
        return other is not None and other.roles is not None and other.roles <= self.roles

    def holds(self, caller: Caller, record: Mapping[str, Any]) -> bool:
        """Whether this one may. The record is as `relations.bare` has it."""
        if not self.lets(caller.role):
            return False
        if self.of is None:
            return True
        try:
            return bool(self.of(caller, record))
        except Exception:
            logger.exception("a rule failed: what it is about is kept from everybody")
            return False


# How a resource says it.
Declared = Rule | Collection[str] | Test


def by_action(actions: Collection[str], declared: Mapping[str, Declared] | Declared) -> dict[str, Rule]:
    """A rule for each action: the one declared for all of them, or its own. Who declares none means admins alone."""
    if not isinstance(declared, Mapping):
        declared = dict.fromkeys(actions, declared)
    if unknown := declared.keys() - set(actions):
        raise TypeError(f"{min(unknown)!r} is none of {', '.join(actions)}: who may write is said by these")
    return {action: Rule.parse(declared.get(action, ())) for action in actions}
