"""Watches a server around a test: what was sent, what was not, and that it adds up to what a fresh client reads."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from spotter import Replica

from tests.support.catalogue import RESOURCES
from tests.support.consistency import assert_consistent
from tests.support.database_records import read_records
from tests.support.gym import empty
from tests.support.observer import Observer
from tests.support.published import synced_client, wait_until_published
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS, SYNCED, Client


class Observers:
    """A plain and a synced observer of one server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.plain = Observer(server, synced=False)
        self.synced = Observer(server, synced=True)
        self.both = (self.plain, self.synced)

    def wait_until_published(self, via: str = "exercise_move") -> None:
        """Return when both have been sent all that was written before; the marker leaves no trace in `seen`."""
        channel = RESOURCES[via].channel
        identifier = wait_until_published(self.server, self.both, via)
        for observer in self.both:
            last = max(index for index, seen in enumerate(observer.seen) if seen.channel == channel)
            observer.seen = [
                seen
                for index, seen in enumerate(observer.seen)
                if seen.channel != channel or (identifier not in seen.ids and (index != last or observer.synced))
            ]

    @contextmanager
    def sends(self, *channels: str, copies: Sequence[str] = ()) -> Iterator[None]:
        """What happens inside must make the server send exactly these channels to everybody: none, if none is named.

        Those with `copies` of what changed are sent to plain clients only: for others the copies follow by rule. Plain
        clients are not sent exceptions.
        """
        expected = {
            self.plain: {*channels, *copies}.difference(set(SYNCED).difference(CHANNELS)),
            self.synced: {*channels},
        }
        via = next(name for name in ("exercise_move", "coach") if RESOURCES[name].channel not in expected[self.plain])
        self.wait_until_published()
        for observer in self.both:
            observer.seen.clear()
        yield
        for observer in self.both:
            observer.read_until_sees(expected[observer])
        self.wait_until_published(via)
        for observer in self.both:
            sent = {seen.channel for seen in observer.seen}
            who = "synced" if observer.synced else "plain"
            assert sent == expected[observer], f"sent to the {who} observer: {sorted(sent)}, not {expected[observer]}"

    def verify(self) -> None:
        """What was sent, applied to what was known before, is what a fresh client reads now, and the tables say."""
        for observer in self.both:
            observer.catch_up()
        self.wait_until_published()
        with closing(Client(self.server.port)) as fresh:
            _, arrays = fresh.welcome()
        records = read_records(self.server.database.url)
        assert_consistent(records)
        assert arrays == {channel: records[channel] for channel in CHANNELS}, "memory is not what the tables say"
        for observer, expected in ((self.plain, arrays), (self.synced, records)):
            assert observer.replica.arrays == expected, "what was sent does not add up to what there is"
        self._verify_revs(self.synced.replica)

    def clean(self) -> None:
        """Delete all there is, for the next test."""
        with closing(synced_client(self.server)) as janitor:
            empty(janitor)

    def close(self) -> None:
        """Send the observers away."""
        for observer in self.both:
            observer.close()

    def _verify_revs(self, replica: Replica) -> None:
        with closing(synced_client(self.server)) as fresh:
            snapshot = Replica()
            snapshot.take_sync(fresh.next_event("sync").args[0])
        assert replica.revs == snapshot.revs, "revs differ from a fresh snapshot's"
        assert replica.cursor == snapshot.cursor, "the cursor differs from a fresh snapshot's"
