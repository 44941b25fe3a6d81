"""What is new in some commits, for whoever may read it."""

from collections.abc import Collection
from collections.abc import Iterable
from typing import NamedTuple

from server.realtime.journal.commit import Change
from server.realtime.journal.commit import Commit
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View


class _New(NamedTuple):
    """A record's newest change, and what the record was before all of them."""

    commit: Commit
    change: Change
    before: bytes | None


class Delta:
    """The newest state of each record that these commits changed, in the order of the newest changes."""

    def __init__(self, changes: Iterable[tuple[Commit, Change]]) -> None:
        newest: dict[tuple[str, int], _New] = {}
        for commit, change in changes:
            key = (change.channel, change.id)
            # Dropped first, so that the order of the newest states is that of their commits.
            earlier = newest.pop(key, None)
            newest[key] = _New(commit, change, change.before if earlier is None else earlier.before)
        self._newest = list(newest.values())
        self._encoded: list[bytes] | None = None
        self._channels = {new.change.channel for new in self._newest}

    @classmethod
    def of(cls, commits: Iterable[Commit]) -> "Delta":
        """All that the commits changed."""
        return cls((commit, change) for commit in commits for change in commit.changes)

    def encoded(self, view: View) -> list[bytes]:
        """The elements of a `changes` event for who has this view.

        A record that is not in it any more is deleted for them; of one that is not and was not they are told nothing.
        """
        if not self._channels.isdisjoint(view.limited):
            return [told for new in self._newest if (told := _told(view, new)) is not None]
        if self._encoded is None:
            self._encoded = [new.commit.encode(new.change) for new in self._newest]
        return self._encoded

    def show(self, view: View, touched: Iterable[str]) -> list[str]:
        """Of the channels that look otherwise now, those that may do so in this view."""
        return [name for name in touched if not view.limits(name) or self._shows(view, name)]

    def _shows(self, view: View, channel: str) -> bool:
        if channel in view.hidden:
            return False
        sources = Resource.registry[channel].sources
        # Copies inside its records may be other ones now: of what was there and is.
        if any(new.change.channel in sources and new.change.record and new.before for new in self._newest):
            return True
        return any(new.change.channel == channel and _told(view, new) is not None for new in self._newest)


def are_all_shown(changes: Collection[tuple[Commit, Change]], view: View) -> bool:
    """Whether each of these changes leaves a record that is in the view, or is of a channel whose records all are."""
    return all(
        change.channel not in view.filters or view.has_encoded(change.channel, change.record) for _, change in changes
    )


def _told(view: View, new: _New) -> bytes | None:
    commit, change, before = new
    channel = change.channel
    if not view.limits(channel) or view.has_encoded(channel, change.record):
        return commit.encode(change)
    if view.has_encoded(channel, before):
        return commit.encode(Change(channel, change.id, change.rev, None))
    return None
