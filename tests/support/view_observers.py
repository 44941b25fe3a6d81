"""Observers of all kinds of callers, each held against what it may read and nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

from spotter import Replica

from tests.support.accounts_server import AccountsServer
from tests.support.observer import Observer
from tests.support.packets import Event
from tests.support.socketio_client import Client
from tests.support.subscriber import Subscriber

Record = dict[str, Any]
# Whether this caller may read this record of the channel.
May = Callable[[str, str, Record], bool]


class ViewObservers:
    """A plain, a synced and a subscribed observer for each caller of a server with further channels.

    `names` are the channels that plain clients are sent; `may` is what is expected of all.

    One that is subscribed has a part of each channel that it may read: all of it.
    """

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

        self.subscribers = {
            caller: Subscriber(accounts_server.server, *self._readable(caller), auth=accounts_server.auth(caller))
            for caller in callers
        }

    def _readable(self, caller: str) -> list[Record]:
        """The channels of which the caller may read records, as parts."""
        parts = [{"channel": name} for name in self.names]
        with closing(self.accounts_server.client(caller)) as client:
            acks = {part["channel"]: client.call("subscribe", part) for part in parts}
        return [part for part in parts if acks[part["channel"]]["ok"]]

    def wait_until_published(self) -> None:
        """Return when all have been sent what was written before: a move comes, and goes, in a broadcast each."""
        gym = self.accounts_server.gym
        move = gym.new("exercise_move")["id"]
        for observer in self.observers.values():
            observer.read_until(lambda replica: move in replica.channels["exercise_moves"], "the marker")
        for subscriber in self.subscribers.values():
            subscriber.catch_up()
            subscriber.read_until(lambda it: move in it.ids("exercise_moves"), "the marker")
        gym.delete("exercise_move", {"id": move})
        for observer in self.observers.values():
            observer.read_until(lambda replica: move not in replica.channels["exercise_moves"], "its deletion")
        for subscriber in self.subscribers.values():
            subscriber.read_until(lambda it: move not in it.ids("exercise_moves"), "its deletion")

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
            arrays = {name: fresh.arrays[name] for name in self.names}
            assert self.fresh(observer.auth).arrays == arrays, f"the arrays of {caller}"
            assert observer.replica.arrays == (fresh.arrays if synced else arrays), (
                f"{caller} (synced: {synced}) was sent"
            )
            if synced:
                assert (observer.replica.revs, observer.replica.cursor) == (fresh.revs, fresh.cursor)
                self._verify_subscriber(caller, fresh)

    def _verify_subscriber(self, caller: str, fresh: Replica) -> None:
        subscriber = self.subscribers[caller]
        readable = {part["channel"] for part in subscriber.parts}
        assert all(not rows for channel, rows in fresh.arrays.items() if channel not in readable)
        records = {channel: {row["id"]: row for row in fresh.arrays[channel]} for channel in readable}
        assert subscriber.records == records, f"what {caller} subscribed to. {subscriber.story}"
        assert subscriber.revs == {channel: fresh.revs[channel] for channel in readable}

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
        clients = [*(self.of(caller, synced) for synced in (False, True)), self.subscribers[caller].client]
        return any(text in str(packet) for client in clients for packet in client.received)

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
        for subscriber in self.subscribers.values():
            subscriber.seen.clear()
        yield
        self.wait_until_published()
        for caller, subscriber in self.subscribers.items():
            heard = {channel for channel, _, _ in subscriber.seen} - {"exercise_moves"}
            expected = {*channels} if caller in to else set()
            assert heard == expected | {*(more or {}).get(caller, ())}, f"{caller}, subscribed: {heard}"
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
        for subscriber in self.subscribers.values():
            subscriber.close()
        for observer in self.observers.values():
            observer.close()
