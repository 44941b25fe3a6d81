"""Observers of all kinds of callers, each held against what it may read and nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

from tests.support.accounts_server import AccountsServer
from tests.support.observer import Observer
from tests.support.packets import Event
from tests.support.replica import Replica
from tests.support.socketio_client import Client

Record = dict[str, Any]
# Whether this caller may read this record of the channel.
May = Callable[[str, str, Record], bool]


class ViewObservers:
    """A plain and a synced observer for each caller of a server with further channels; `may` is what is expected."""

    def __init__(self, accounts_server: AccountsServer, callers: Sequence[str], names: Sequence[str], may: May) -> None:
        self.accounts_server = accounts_server
        self.names = names
        self._may = may
        self.observers = {
            (caller, synced): Observer(
                accounts_server.server, synced=synced, auth=accounts_server.auth(caller), names=names
            )
            for caller in callers
            for synced in (False, True)
        }

    def wait_until_published(self) -> None:
        """Return when all have been sent what was written before: a move comes, and goes, in a broadcast each."""
        gym = self.accounts_server.gym
        move = gym.new("exercise_move")["id"]
        for observer in self.observers.values():
            observer.read_until(lambda replica: move in replica.channels["exercise_moves"], "the marker")
        gym.delete("exercise_move", {"id": move})
        for observer in self.observers.values():
            observer.read_until(lambda replica: move not in replica.channels["exercise_moves"], "its deletion")

    def verify(self) -> None:
        """What each was sent adds up to what a fresh client of the same caller reads, which is what it may."""
        self.wait_until_published()
        truth = self.fresh({**self.accounts_server.auth("admin"), "sync": True}).channels
        for (caller, synced), observer in self.observers.items():
            expected = {
                channel: {id_: row for id_, row in rows.items() if self._may(caller, channel, row[1])}
                for channel, rows in truth.items()
            }
            fresh = self.fresh({**observer.auth, "sync": True})
            assert fresh.channels == expected, f"what {caller} may read"
            arrays = fresh.arrays
            assert self.fresh(observer.auth).arrays == arrays, f"the arrays of {caller}"
            assert observer.replica.arrays == arrays, f"what {caller} (synced: {synced}) was sent"
            if synced:
                assert (observer.replica.revs, observer.replica.cursor) == (fresh.revs, fresh.cursor)

    def fresh(self, auth: Record) -> Replica:
        """What a new client reads."""
        replica = Replica(names=self.names)
        with closing(Client(self.accounts_server.server.port, auth=auth or None)) as client:
            if "sync" in auth:
                replica.take_sync(client.next_event("sync").args[0])
            else:
                for name in self.names:
                    replica.take_array(name, client.next_event(name).args[0])
        return replica

    def saw(self, caller: str, text: str) -> bool:
        """Whether this text was in anything that was sent to the caller."""
        return any(text in str(packet) for synced in (False, True) for packet in self.of(caller, synced).received)

    def of(self, caller: str, synced: bool) -> Client:
        """The connection of an observer."""
        return self.observers[caller, synced].client

    @contextmanager
    def sends(
        self, *channels: str, to: Sequence[str], more: Mapping[str, Sequence[str]] | None = None
    ) -> Iterator[None]:
        """What happens inside must be sent to these callers, on these channels, and nothing of it to any other.

        A caller in `more` gets it on those further channels, too.
        """
        self.wait_until_published()
        taken = {key: len(observer.client.received) for key, observer in self.observers.items()}
        yield
        self.wait_until_published()
        for (caller, synced), observer in self.observers.items():
            events = [one for one in observer.client.received[taken[caller, synced] :] if isinstance(one, Event)]
            sent = {one.name for one in events if one.name in self.names} - {"exercise_moves"}
            told = {
                change["channel"] for one in events if one.name == "changes" for change in one.args[0]["changes"]
            } - {"exercise_moves"}
            expected = {*channels} if caller in to else set()
            expected |= {*(more or {}).get(caller, ())}
            assert (sent | told) == expected, f"{caller}, synced: {synced}: {sent | told}"
            assert observer.resyncs == 0

    def close(self) -> None:
        """Send them away."""
        for observer in self.observers.values():
            observer.close()
