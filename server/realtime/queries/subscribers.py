"""The clients that are sent parts of channels: those with equal parts share one encoded frame."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from server.realtime.journal.commit import Commit
from server.realtime.journal.replica import Replica
from server.realtime.protocol.errors import Refusal, too_large, unread
from server.realtime.queries.changed_records import ChangedRecords
from server.realtime.queries.changes_frame import changes_frame
from server.realtime.queries.delta import Delta
from server.realtime.queries.part import Matches, Part
from server.realtime.resource.view import View
from server.realtime.transport.client import Client

# Of one client. Whatever it subscribes to is asked for at each commit, by a process that serves others too.
MOST_PARTS = 50
MOST_CONDITIONS = 200
# How many conditions are asked for in one flush. Parts beyond it are not compared: their clients subscribe again.
_MOST_COMPARISONS = 100_000


class Interest(NamedTuple):
    """What some clients are sent: of one View the parts, and with `whole` all that a synced client is sent."""

    view: View
    whole: bool = False
    parts: frozenset[Part] = frozenset()


class Subscribers:
    """Sends `changes` of their parts to the clients that joined.

    Each frame's `prev` is the `seq` of the client's frame before. A client that nothing is sent to does not hear of
    commits, but for a heartbeat.
    """

    def __init__(self, replica: Replica) -> None:
        self._state = replica.state
        self._groups: dict[Interest, set[Client]] = {}
        self._interests: dict[Client, Interest] = {}
        self._seqs: dict[Client, int] = {}

    def __contains__(self, client: Client) -> bool:
        return client in self._interests

    def __len__(self) -> int:
        return len(self._interests)

    def check(self, client: Client, part: Part) -> None:
        """Refuse one more part if the client would have too many, or does not know yet that it misses changes."""
        if client in self._interests and client.has_gap:
            raise unread()
        parts = self._interests.get(client, Interest(client.view)).parts | {part}
        if len(parts) > MOST_PARTS:
            raise _too_many(f"{MOST_PARTS} subscriptions")
        if sum(each.conditions for each in parts) > MOST_CONDITIONS:
            raise _too_many(f"subscriptions with {MOST_CONDITIONS} conditions in all")

    def join(self, client: Client, seq: int, *, whole: bool | None = None, part: Part | None = None) -> None:
        """Send the client this part too, or what synced clients are sent, of all commits after `seq`."""
        interest = self._interests.get(client, Interest(client.view))
        self._put(
            client,
            Interest(
                client.view,
                interest.whole if whole is None else whole,
                interest.parts if part is None else interest.parts | {part},
            ),
        )
        self._seqs[client] = seq

    def drop(self, client: Client, part: Part) -> None:
        """Do not send the client this part any more."""
        if (interest := self._interests.get(client)) is not None:
            self._put(client, interest._replace(parts=interest.parts - {part}))

    def leave(self, client: Client) -> None:
        """Send the client nothing more."""
        interest = self._interests.pop(client, None)
        if interest is not None:
            del self._seqs[client]
            self._take_out(client, interest)

    def renew(self, client: Client, seq: int) -> None:
        """The client's view changed: send it the new epoch. It subscribes again to what it may read now."""
        self._put(client, self._interests[client]._replace(view=client.view, parts=frozenset()))
        self._seqs[client] = seq
        client.send_changes(changes_frame(self._epoch(client.view), seq, seq))

    def restart(self, seq: int) -> None:
        """The state was reloaded: all are sent a frame that does not follow their last one, and subscribe again."""
        self._send_to_all(seq, lambda client: seq)

    def send_heartbeat(self, seq: int) -> None:
        """Send each a `changes` without changes."""
        self._send_to_all(seq, lambda client: self._seqs[client])

    def publish(self, commits: Sequence[Commit], delta: Delta, seq: int) -> None:
        """Send what the commits up to `seq` changed in the parts of each; `delta` is what synced clients are sent."""
        if not self._groups:
            return
        comparison = _Comparison(ChangedRecords(Delta.of(commits).newest, self._state))
        for interest, clients in list(self._groups.items()):
            parts = interest.parts
            changes: list[bytes] = []
            if interest.whole:
                # Of a whole channel that is more than any part.
                parts = frozenset(part for part in parts if part.channel not in self._state.channels)
                changes += delta.encoded(interest.view)
            changes += comparison.changes(parts)
            is_incomplete = comparison.has_skipped(parts)
            if changes or interest.whole or is_incomplete:
                epoch = self._epoch(interest.view)
                self._send(clients, epoch, seq, changes, is_incomplete)

    def _send(self, clients: set[Client], epoch: str, seq: int, changes: list[bytes], is_incomplete: bool) -> None:
        frames: dict[int, bytes] = {}
        for client in clients:
            # After changes that are missing, the frame does not follow the client's last one.
            prev = seq if is_incomplete else self._seqs[client]
            if prev not in frames:
                frames[prev] = changes_frame(epoch, prev, seq, () if is_incomplete else changes)
            self._seqs[client] = seq
            client.send_changes(frames[prev])

    def _send_to_all(self, seq: int, prev_of: Callable[[Client], int]) -> None:
        frames: dict[tuple[View, int], bytes] = {}
        for client, interest in self._interests.items():
            prev = prev_of(client)
            key = (interest.view, prev)
            if key not in frames:
                frames[key] = changes_frame(self._epoch(interest.view), prev, seq)
            self._seqs[client] = seq
            client.send_changes(frames[key])

    def _epoch(self, view: View) -> str:
        return self._state.epoch + view.tag

    def _put(self, client: Client, interest: Interest) -> None:
        before = self._interests.get(client)
        if before is not None:
            self._take_out(client, before)
        self._interests[client] = interest
        self._groups.setdefault(interest, set()).add(client)

    def _take_out(self, client: Client, interest: Interest) -> None:
        clients = self._groups[interest]
        clients.discard(client)
        if not clients:
            del self._groups[interest]


class _Comparison:
    """Changed records, compared with each part once."""

    def __init__(self, changed_records: ChangedRecords) -> None:
        self._changed_records = changed_records
        self._matches: dict[Part, Matches | None] = {}
        self._left = _MOST_COMPARISONS

    def has_skipped(self, parts: frozenset[Part]) -> bool:
        """Whether one of the parts was not compared, since that would take too long."""
        return any(self._of(part) is None for part in parts)

    def changes(self, parts: frozenset[Part]) -> Iterator[bytes]:
        """The changes of all parts together: a record that leaves one of them may be in another."""
        for channel in sorted({part.channel for part in parts}):
            found = [matches for part in parts if part.channel == channel and (matches := self._of(part)) is not None]
            before = frozenset().union(*(matches.before for matches in found))
            after = frozenset().union(*(matches.after for matches in found))
            for changed in found[0].changed if found else ():
                if changed.id in after:
                    yield changed.put
                elif changed.id in before:
                    yield changed.deleted

    def _of(self, part: Part) -> Matches | None:
        if part not in self._matches:
            changed = self._changed_records.of(part.channel)
            cost = 0 if changed is None else len(changed) * (1 + part.conditions)
            self._left -= cost
            self._matches[part] = None if self._left < 0 else part.matches(self._changed_records)
        return self._matches[part]


def _too_many(what: str) -> Refusal:
    return too_large(f"One connection can have {what}. Unsubscribe from what is not needed any more.")
