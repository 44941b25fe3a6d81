"""Deleting a record with all that belongs to it: all of them go, or none, and then it is said why."""

from collections.abc import Callable, Collection, Iterable, Iterator, Set
from heapq import nsmallest
from itertools import groupby

from server.realtime.journal.commit import MOST_CHANGES
from server.realtime.journal.stored_records import MOST_REFERRERS
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.errors import Code, Refusal, forbidden, in_use
from server.realtime.resource.relations import Record, Relation
from server.realtime.resource.resource import Resource

# Raises a Refusal if a record, which the caller sees, is not the caller's to delete.
Permit = Callable[[Resource, int, Record], None]
# A record's channel and id.
Key = tuple[str, int]
# By relation the ids of the records that refer to one, and that of several.
References = list[tuple[Relation, Collection[int]]]
Users = dict[Key, References]

_NAMED_USERS = 3


def remove(work: UnitOfWork, resource: Resource, number: int, permit: Permit) -> None:
    """Delete a record, after all that belong to it. `permit` is asked about each of those.

    Refused if one of them is not to be deleted by the caller, is used by what stays, or if some use each other in a
    circle: an undo could not bring these back one after the other.
    """
    delete_all(work, _with_owned(work, resource, number, permit).keys())


def delete_all(work: UnitOfWork, keys: Set[Key]) -> None:
    """Delete these records, several of a channel in one statement. Refused as `remove` is."""
    users = _users(work, keys)
    for key in keys:
        _check_unused(work, key, users[key], keys)
    if (known := sum(len(numbers) for found in users.values() for _, numbers in found)) >= MOST_REFERRERS:
        # Others may refer to them that were not read.
        work.announce(known)
    for channel, numbers in _in_order(work, users):
        work.writers[channel].delete(work.connection, numbers)
        for number in numbers:
            work.put(channel, number, None)


def _users(work: UnitOfWork, keys: Collection[Key]) -> Users:
    """Who refers to each of these records."""
    users: Users = {key: [] for key in keys}
    for channel, numbers in _by_channel(keys).items():
        work.writes.fetch(channel, numbers)
        for relation in Resource.registry[channel].embedded_in:
            for number, referrers in work.writes.referrers(relation, numbers).items():
                users[channel, number].append((relation, referrers))
    return users


def _by_channel(keys: Iterable[Key]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for channel, number in keys:
        found.setdefault(channel, []).append(number)
    return found


def _check_unused(work: UnitOfWork, key: Key, users: References, keys: Set[Key] = frozenset()) -> None:
    """Refuse, with the names that the caller may see, if other records refer to this one, but for those in `keys`.

    It may refer to itself.
    """
    named = []
    for relation, referrers in users:
        owners = {owner for owner in referrers if (user := (relation.owner, owner)) not in keys and user != key}
        if owners:
            named.append(_named(work, relation.owner, owners))
    if named:
        raise in_use(Resource.registry[key[0]].name, " and ".join(named))


def _named(work: UnitOfWork, channel: str, numbers: Collection[int]) -> str:
    """How many records they are, with the names of a few."""
    resource = Resource.registry[channel]
    few = nsmallest(_NAMED_USERS, numbers)
    work.writes.fetch(channel, few)
    names = [resource.label(record) for number in few if (record := work.visible(channel, number)) is not None]
    # Of those that are not in memory no more are counted.
    count = f"more than {MOST_CHANGES:,}" if len(numbers) > MOST_CHANGES else f"{len(numbers)}"
    if names and len(numbers) > len(names):
        names.append("others" if len(numbers) > MOST_CHANGES else f"{len(numbers) - len(names)} more")
    kind = channel if len(numbers) > 1 else resource.name
    # A name may have commas of its own.
    between = "; " if any(", " in name for name in names) else ", "
    return f"{count} {kind.replace('_', ' ')}" + f" ({between.join(names)})" * bool(names)


def _with_owned(work: UnitOfWork, resource: Resource, number: int, permit: Permit) -> dict[Key, None]:
    """The record, and all that belong to it or to each other, owners first."""
    following: dict[Key, None] = {(resource.channel, number): None}
    keys = dict(following)
    while following:
        owners, following = following, {}
        for channel, numbers in _by_channel(owners).items():
            for relation in Resource.registry[channel].embedded_in:
                if relation.owned:
                    owned = set().union(*work.writes.referrers(relation, numbers).values())
                    following |= {key: None for one in sorted(owned) if (key := (relation.owner, one)) not in keys}
        work.announce(len(keys) + len(following))
        for channel, numbers in _by_channel(following).items():
            work.writes.fetch(channel, numbers)
        for key in following:
            _permit(work, resource, key, permit)
        keys |= following
    return keys


def _permit(work: UnitOfWork, root: Resource, key: Key, permit: Permit) -> None:
    """Refuse what is not to be deleted by the caller; what that is may not be theirs to know."""
    channel, number = key
    resource = Resource.registry[channel]
    record = work.visible(channel, number)
    try:
        if record is None:
            raise forbidden()
        permit(resource, number, record)
    except Refusal as refusal:
        if refusal.code is not Code.FORBIDDEN:
            raise
        name, kind = root.noun, resource.noun
        raise forbidden(f"With this {name} a {kind} would go that you may not delete. Ask an admin.") from None


def _in_order(work: UnitOfWork, users: Users) -> Iterator[tuple[str, list[int]]]:
    """The records, several of a channel at a time, each after those that refer to it."""
    uses: dict[Key, list[Key]] = {key: [] for key in users}
    counts = dict.fromkeys(users, 0)
    for key, references in users.items():
        for relation, referrers in references:
            for user in ((relation.owner, owner) for owner in referrers):
                if user != key:
                    uses[user].append(key)
                    counts[key] += 1
    ready = [key for key, count in counts.items() if not count]
    left = len(counts)
    order = []
    while ready:
        left -= len(ready)
        order += sorted(ready)
        following = []
        for user in ready:
            for key in uses[user]:
                counts[key] -= 1
                if not counts[key]:
                    following.append(key)
        ready = following
    if left:
        key = next(key for key in reversed(list(users)) if counts[key])
        _check_unused(work, key, users[key])
    for channel, batch in groupby(order, key=lambda key: key[0]):
        yield channel, [number for _, number in batch]
