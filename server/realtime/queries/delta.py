"""A delta: what some commits changed, as it is sent to the clients of a view."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from server.realtime.journal.commit import Change, Commit
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View


class Newest(NamedTuple):
    """A record's newest change, and the record before the first one."""

    commit: Commit
    change: Change
    before: bytes | None


class Delta:
    """The newest state of each record that some commits changed, in the order of the newest changes."""

    def __init__(self, changes: Iterable[tuple[Commit, Change]]) -> None:
        by_record: dict[tuple[str, int], Newest] = {}
        for commit, change in changes:
            key = (change.channel, change.id)
            # Removed first: a dict keeps the place of a key that is set again.
            earlier = by_record.pop(key, None)
            by_record[key] = Newest(commit, change, change.before if earlier is None else earlier.before)
        self.newest = list(by_record.values())
        self._encoded: list[bytes] | None = None
        self._channels = {newest.change.channel for newest in self.newest}

    @classmethod
    def of(cls, commits: Iterable[Commit]) -> "Delta":
        """The delta of all changes of the commits."""
        return cls((commit, change) for commit in commits for change in commit.changes)

    def encoded(self, view: View) -> list[bytes]:
        """The elements of a `changes` event for clients of this view.

        A record that has left the view is sent as deleted; one that neither was nor is in it is not sent.
        """
        if not self._channels.isdisjoint(view.limited):
            return list(filter(None, (_encode(view, newest) for newest in self.newest)))
        if self._encoded is None:
            self._encoded = [newest.commit.encode(newest.change) for newest in self.newest]
        return self._encoded

    def changed_channels(self, view: View, channels: Iterable[str]) -> list[str]:
        """Of these channels, which the commits changed, those whose arrays may have changed in this view."""
        return [name for name in channels if not view.limits(name) or self._changes(view, name)]

    def _changes(self, view: View, channel: str) -> bool:
        if channel in view.hidden:
            return False
        sources = Resource.registry[channel].sources
        # An update of a record changes the copies of it.
        if any(newest.change.channel in sources and newest.change.record and newest.before for newest in self.newest):
            return True
        return any(newest.change.channel == channel and _encode(view, newest) for newest in self.newest)


def leave_all_visible(changes: Collection[tuple[Commit, Change]], view: View) -> bool:
    """Whether the view has each changed record after its change, or is not limited in its channel."""
    return all(
        change.channel not in view.filters or view.has_encoded(change.channel, change.record) for _, change in changes
    )


def _encode(view: View, newest: Newest) -> bytes | None:
    commit, change, before = newest
    channel = change.channel
    if not view.limits(channel) or view.has_encoded(channel, change.record):
        return commit.encode(change)
    if view.has_encoded(channel, before):
        return commit.encode(Change(channel, change.id, change.rev, None))
    return None
