"""The journal as this process knows it: the newest state in memory, and the commits that are still to be published."""

import logging
from collections import deque
from collections.abc import Callable, Sequence

from gevent.lock import BoundedSemaphore
from sqlalchemy import Connection

from server.database.sqlite_file import Gone
from server.realtime.journal import journal
from server.realtime.journal.commit import Commit
from server.realtime.journal.ids import highest_seen
from server.realtime.journal.journal import HeadState
from server.realtime.journal.record_queries import changed_between
from server.realtime.journal.state import State

logger = logging.getLogger("spotter.journal")

# How many changes are kept in memory for clients that were away for a moment.
_RECENT_CHANGES = 5_000


class Replica:
    """`state` is the state as of the newest commit known here; `unpublished` are the commits not published yet,
    `changed_channels` the channels whose arrays changed since.

    Commits come from this process's own writers as they commit, and from the database when others wrote them; always
    in the order of their seq, without a gap. `mutex` is held by who makes a commit or takes commits in: while the
    database is asked other greenlets run, and none of them may take in the same commits, or publish one before its ack.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.mutex = BoundedSemaphore()
        self.unpublished: list[Commit] = []
        self.changed_channels: set[str] = set()
        self._recent: deque[Commit] = deque()
        self._recent_changes = 0
        self.was_reloaded = False
        self._wake: Callable[[], None] = lambda: None

    def on_unpublished(self, wake: Callable[[], None]) -> None:
        """Let `wake` be called, without arguments, when there is something to publish."""
        self._wake = wake

    def load(self, connection: Connection) -> None:
        """Read the whole state anew: at the start, and when the data is no continuation of what is known."""
        head, changes = journal.state(connection, self.state.channels)
        if self.state.epoch not in ("", head.epoch):
            logger.warning("the database has a new epoch: clients take its state anew", extra={"epoch": head.epoch})
        highest = {channel: highest_seen(connection, channel) for channel in self.state.names}
        self.state.replace(head.epoch, head.seq, changes, highest)
        self._read_copied(connection)
        self.unpublished.clear()
        self.changed_channels.clear()
        self._recent.clear()
        self._recent_changes = 0
        self.was_reloaded = True
        self._wake()

    def _read_copied(self, connection: Connection) -> None:
        """Bring what records in memory embed of records that are not in memory up to date: it was as it was written."""
        changes = changed_between(connection, self.state.copied, 0, self.state.seq)
        self.state.apply(changes, self.state.seq)

    def lock_head(self, connection: Connection) -> HeadState:
        """Lock the head until the transaction ends, and take in what others committed."""
        head = journal.head(connection, lock=True)
        if head is None:
            raise Gone("the journal has no head")
        if self.is_ahead_of(head):
            journal.renew_epoch(connection)
            head = journal.head(connection, lock=True)
            assert head is not None
        self.catch_up(connection, head, lambda: journal.read_after(connection, self.state.seq))
        return head

    def is_ahead_of(self, head: HeadState) -> bool:
        """Whether the database is further back than it was: it was restored, and has to begin a new epoch."""
        return head.epoch == self.state.epoch and head.seq < self.state.seq

    def catch_up(self, connection: Connection, head: HeadState, read: Callable[[], Sequence[Commit] | None]) -> None:
        """Take in what others committed up to `head`. `read` returns these commits, None if they are too many.

        If they don't lead from what is known to `head`, the whole state is read anew.
        """
        if head.epoch != self.state.epoch or head.oldest_delta_seq > self.state.seq:
            self.load(connection)
        elif head.seq > self.state.seq:
            commits = read()
            if commits is None:
                self.load(connection)
            elif [commit.seq for commit in commits] == list(range(self.state.seq + 1, head.seq + 1)):
                self.extend(commits)
            else:
                logger.error("the journal has a hole between %d and %d", self.state.seq, head.seq)
                self.load(connection)

    def extend(self, commits: Sequence[Commit]) -> None:
        """Take in commits that follow the newest one known."""
        for commit in commits:
            self.changed_channels |= self.state.apply(commit.changes, commit.seq)
        self.unpublished.extend(commits)
        self._remember(commits)
        if commits:
            self._wake()

    def _remember(self, commits: Sequence[Commit]) -> None:
        self._recent.extend(commits)
        self._recent_changes += sum(len(commit.changes) for commit in commits)
        while self._recent and (self._recent_changes > _RECENT_CHANGES or len(self._recent) > _RECENT_CHANGES):
            self._recent_changes -= len(self._recent.popleft().changes)

    def recent_after(self, seq: int) -> list[Commit] | None:
        """The commits after `seq`, None if that is too long ago to be in memory. What is there is whole."""
        if not self._recent or self._recent[0].seq > seq + 1:
            return None
        return [commit for commit in self._recent if commit.seq > seq]

    def take_unpublished(self) -> tuple[list[Commit], set[str]]:
        """The commits to publish, and the channels that they changed, each once."""
        taken = self.unpublished, self.changed_channels
        self.unpublished, self.changed_channels = [], set()
        return taken
