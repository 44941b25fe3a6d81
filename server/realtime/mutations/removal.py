"""Deleting a record with all that belongs to it: all of them go, or none, and then it is said why."""

from collections.abc import Callable, Collection, Iterator, Set
from heapq import nsmallest
from itertools import groupby

from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.errors import Code, Refusal, forbidden, in_use
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource

# Raises a Refusal if a record, which the caller sees, is not the caller's to delete.
Permit = Callable[[Resource, int, Record], None]
# A record's channel and id.
Key = tuple[str, int]

_NAMED_USERS = 3


def remove(work: UnitOfWork, resource: Resource, number: int, permit: Permit) -> None:
    """Delete a record, after all that belong to it. `permit` is asked about each of those.

    Refused if one of them is not to be deleted by the caller, is used by what stays, or if some use each other in a
    circle: an undo could not bring these back one after the other.
    """
    delete_all(work, _with_owned(work, resource, number, permit).keys())


def delete_all(work: UnitOfWork, keys: Set[Key]) -> None:
    """Delete these records, several of a channel in one statement. Refused as `remove` is."""
    for channel, number in keys:
        check_unused(work, Resource.registry[channel], number, keys)
    for channel, numbers in _in_order(work, keys):
        work.writers[channel].delete(work.connection, numbers)
        for number in numbers:
            work.put(channel, number, None)


def check_unused(work: UnitOfWork, resource: Resource, number: int, keys: Set[Key] = frozenset()) -> None:
    """Refuse, with the names that the caller may see, if other records refer to this one, but for those in `keys`.

    It may refer to itself.
    """
    users = []
    for relation in resource.embedded_in:
        owners = {owner for owner in work.writes.referrers(relation, number) if (relation.owner, owner) not in keys}
        if relation.owner == resource.channel:
            owners.discard(number)
        if owners:
            kind = relation.owner if len(owners) > 1 else Resource.registry[relation.owner].name
            records = [work.visible(relation.owner, owner) for owner in nsmallest(_NAMED_USERS, owners)]
            named = [Resource.registry[relation.owner].label(record) for record in records if record is not None]
            more = len(owners) - len(named)
            named += [f"{more} more"] * bool(named and more)
            users.append(f"{len(owners)} {kind.replace('_', ' ')}" + f" ({', '.join(named)})" * bool(named))
    if users:
        raise in_use(resource.name, " and ".join(users))


def _with_owned(work: UnitOfWork, resource: Resource, number: int, permit: Permit) -> dict[Key, None]:
    """The record, and all that belong to it or to each other, owners first."""
    keys: dict[Key, None] = {(resource.channel, number): None}
    waiting = list(keys)
    for channel, owner in waiting:
        for relation in Resource.registry[channel].embedded_in:
            for owned in sorted(work.writes.referrers(relation, owner)) if relation.owned else ():
                if (key := (relation.owner, owned)) not in keys:
                    _permit(work, resource, key, permit)
                    keys[key] = None
                    waiting.append(key)
            work.announce(len(keys))
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


def _in_order(work: UnitOfWork, keys: Collection[Key]) -> Iterator[tuple[str, list[int]]]:
    """The records, several of a channel at a time, each after those that refer to it."""
    uses: dict[Key, list[Key]] = {key: [] for key in keys}
    users = dict.fromkeys(keys, 0)
    for key in keys:
        channel, number = key
        for relation in Resource.registry[channel].embedded_in:
            for owner in work.writes.referrers(relation, number):
                user = (relation.owner, owner)
                if user != key:
                    uses[user].append(key)
                    users[key] += 1
    ready = [key for key, count in users.items() if not count]
    left = len(users)
    order = []
    while ready:
        left -= len(ready)
        order += sorted(ready)
        following = []
        for user in ready:
            for key in uses[user]:
                users[key] -= 1
                if not users[key]:
                    following.append(key)
        ready = following
    if left:
        channel, number = next(key for key in reversed(list(keys)) if users[key])
        check_unused(work, Resource.registry[channel], number)
    for channel, batch in groupby(order, key=lambda key: key[0]):
        yield channel, [number for _, number in batch]
