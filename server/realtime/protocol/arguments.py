"""The arguments of an event as clients send them: the payload, and opts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from server.realtime.protocol.errors import invalid, malformed

_OPTIONS = ("op", "base", "check")


@dataclass(frozen=True, slots=True)
class Options:
    """Opts: `op` names the request, `base` is the rev that the edit started from; with `check` nothing is done."""

    op: str | None = None
    base: int | None = None
    check: bool = False

    @classmethod
    def parse(cls, opts: object) -> "Options":
        """Raises the Refusal of what is no object, of an op that is no UUID, a base that is no rev, and other keys."""
        if not isinstance(opts, Mapping):
            raise malformed("The second argument (opts) must be an object such as {op, base}.")
        if unknown := sorted(str(key)[:80] for key in opts if key not in _OPTIONS)[:10]:
            raise invalid({key: ["There is no such option; there are op, base and check."] for key in unknown})
        op, base, check = (opts.get(key) for key in _OPTIONS)
        if check is not None and not isinstance(check, bool):
            raise invalid({"check": ["Must be true or false."]})
        if op is not None:
            try:
                op = str(UUID(op))
            except (ValueError, TypeError, AttributeError):
                raise invalid({"op": ["Must be a UUID."]}) from None
        if base is not None and (isinstance(base, bool) or not isinstance(base, int) or base < 0):
            raise invalid({"base": ["Must be the rev of the record that the edit started from."]})
        return cls(op, base, bool(check))


def split(args: Sequence[object], *, required: bool = True) -> tuple[object, Options | None]:
    """The payload and the opts of an event's arguments, None if there are none; raises a Refusal."""
    if len(args) > 2:
        raise malformed("Send one argument, or two with opts.")
    if required and not args:
        raise malformed("Send the data as the first argument.")
    opts = args[1] if len(args) == 2 else None
    return (args[0] if args else None), (None if opts is None else Options.parse(opts))
