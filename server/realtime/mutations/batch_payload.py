"""From the payload of `batch` to a request: each write as if it had come alone. Nothing here touches the database."""

from collections.abc import Mapping, Set
from typing import Any

from server.realtime.journal.commit import BATCH
from server.realtime.mutations.batch import Batch
from server.realtime.mutations.mutation import Request
from server.realtime.mutations.parse import hash_secrets, parse_write, without_secrets
from server.realtime.protocol.arguments import Options
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Refusal, invalid, malformed, of_writes, too_large
from server.realtime.resource.resource import Resource
from server.realtime.resource.rights import Authorize
from server.realtime.transport.time_slice import TimeSlice

EVENT = BATCH

MOST_WRITES = 500
# A password takes a tenth of a second to hash.
MOST_PASSWORDS = 20
# So many writes of a batch count as one request, by the time that they take at most.
_WRITES_PER_REQUEST = 5
_KEYS = frozenset({"event", "data", "base"})


def cost(data: object) -> int:
    """How many requests a batch counts as."""
    writes = data.get("writes") if isinstance(data, Mapping) else None
    count = len(writes) if isinstance(writes, list) else 0
    return max(1, -(-min(count, MOST_WRITES) // _WRITES_PER_REQUEST))


def batch_request(event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize) -> Request:
    """The request for `batch {writes: [{event, data, base?}, ...]}`.

    Refuses all writes that the contract does not allow at once, each by its place; with `check` they are refused with
    those that the database does not allow.
    """
    options = opts or Options()
    if options.base is not None:
        raise invalid({"base": ["Each write of a batch has a base of its own: {event, data, base}."]})
    entries = _entries(data)
    known = {event: resource for resource in Resource.registry.values() for event in resource.events}
    batch = Batch({}, {}, options.check)
    time_slice = TimeSlice()
    permitted: set[str] = set()
    for place, entry in enumerate(entries):
        time_slice.yield_if_spent()
        named = entry.get("event") if isinstance(entry, Mapping) else None
        batch.events[place] = named if isinstance(named, str) and named in known else ""
        try:
            name, given, own = _write(entry, known, options)
            resource = known[name]
            if name not in permitted:
                authorize(caller, name, resource, 0, {}, None)
                permitted.add(name)
            batch.writes[place] = parse_write(
                name, given, own, caller, authorize, resource=resource, with_warnings=opts is not None
            )
        except Refusal as refusal:
            batch.refused[place] = refusal
    if batch.refused and not (options.check and batch.writes):
        raise of_writes({place: (batch.events[place], refusal) for place, refusal in batch.refused.items()})
    with_secrets = [write for write in batch.writes.values() if write.resource.secrets & write.values.keys()]
    if len(with_secrets) > MOST_PASSWORDS:
        raise too_large(f"A batch may set {MOST_PASSWORDS} passwords at most: each takes a while. Please split it.")
    for write in with_secrets:
        hash_secrets(write)
    return Request(
        event,
        caller,
        batch.apply,
        batch.authorize,
        payload=[
            {**entries[place], "data": without_secrets(entries[place]["data"], write.resource)}
            for place, write in batch.writes.items()
        ],
        channels=[write.resource.channel for write in batch.writes.values()],
        cost=cost(data),
        reads_journal=any(write.base is not None for write in batch.writes.values()),
    )


def _entries(data: object) -> list[Any]:
    """The elements of `writes`."""
    if not isinstance(data, Mapping):
        raise malformed("Send an object {writes: [{event, data, base?}, ...]}.")
    if unknown := _unknown(data, {"writes"}):
        raise invalid({key: ["A batch has no such key; it has writes."] for key in unknown})
    writes = data.get("writes")
    if not isinstance(writes, list) or not 1 <= len(writes) <= MOST_WRITES:
        raise invalid({"writes": [f"Must be a list of 1 to {MOST_WRITES} writes."]})
    return writes


def _write(entry: object, known: Mapping[str, Resource], options: Options) -> tuple[str, object, Options]:
    """The event of one write, its payload and its opts, which are those of the batch with its own base."""
    if not isinstance(entry, Mapping):
        raise malformed("Send a write as an object {event, data, base?}.")
    if unknown := _unknown(entry, _KEYS):
        raise invalid({key: ["A write has no such key; it has event, data and base."] for key in unknown})
    event = entry.get("event")
    if not isinstance(event, str) or event not in known:
        raise invalid({"event": ["Must be an event that writes a record: new_*, update_* or delete_* of one of them."]})
    if "data" not in entry:
        raise invalid({"data": ["Give the data of this write."]})
    base = entry.get("base")
    own = options if base is None else Options.parse({"base": base, "check": options.check})
    return event, entry["data"], own


def _unknown(given: Mapping[str, object], known: Set[str]) -> list[str]:
    return [] if given.keys() <= known else sorted(str(key)[:80] for key in given if key not in known)[:10]
