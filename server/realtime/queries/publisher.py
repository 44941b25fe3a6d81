"""Brings every client up to date after commits: one flush for all that were committed since the last."""

import logging
import time
from collections.abc import Callable
from weakref import WeakKeyDictionary

import gevent
import orjson
from gevent.event import Event

from server.realtime.journal.commit import Commit
from server.realtime.journal.replica import Replica
from server.realtime.protocol.measurements import duration
from server.realtime.queries.delta import Delta
from server.realtime.resource.view import View
from server.realtime.transport.client import Client
from server.realtime.transport.outbox import frame

logger = logging.getLogger("spotter.queries")

# After a flush the publisher rests for so many times what the flush cost, at most so long: however many write, and
# whether or not they wait for one another, the process has time for other things. Whoever waits for a flush and then
# writes again does not notice: the rest is over by the time of the commit.
_REST_FACTOR = 1 / 3
_LONGEST_REST = 0.02


class Publisher:
    """Sends `changes` to synced clients and full arrays to plain ones, in the order of commits.

    `seq` is the newest commit that clients were told of. Only clients that joined get anything.
    """

    def __init__(self, replica: Replica, heartbeat: float) -> None:
        self._replica = replica
        self._heartbeat = heartbeat
        self._clients: set[Client] = set()
        self._wake = Event()
        self._arrays: dict[str, tuple[bytes, bytes]] = {}
        self._limited_arrays: WeakKeyDictionary[View, dict[str, tuple[bytes, bytes]]] = WeakKeyDictionary()
        self._last_frame = time.monotonic()
        self._rests_until = 0.0
        self.seq = 0
        self.seconds = duration("spotter_flush_seconds", "Time that it took to tell all clients.")
        replica.on_unpublished(self._wake.set)

    def start(self) -> gevent.Greenlet:
        """Publish until killed."""
        self.seq = self._replica.state.seq
        self._replica.was_reloaded = False
        return gevent.spawn(self._run)

    def join(self, client: Client) -> None:
        """From now on the client gets what is published."""
        self._clients.add(client)

    def leave(self, client: Client) -> None:
        """The client gets nothing more."""
        self._clients.discard(client)

    @property
    def channels(self) -> list[str]:
        """The names of all channels, in the order in which a client gets them."""
        return list(self._replica.state.channels)

    @property
    def clients(self) -> set[Client]:
        """Those who get what is published."""
        return self._clients

    def array_frame(self, channel: str, view: View) -> bytes:
        """The frame of the channel's newest array, as far as it is in the view; made once for all who get it.

        Who may read nothing of it gets an empty one.
        """
        rows = self._replica.state.channels[channel]
        is_limited = view.limits(channel)
        frames = self._limited_arrays.setdefault(view, {}) if is_limited else self._arrays
        kept = frames.get(channel)
        if kept is None or kept[0] is not rows.array:
            array = rows.array
            if is_limited:
                array = b"[%b]" % b",".join(record for _, record in view.choose(channel, rows.records))
            kept = frames[channel] = (rows.array, frame(b'42["%b",%b]' % (channel.encode(), array)))
        return kept[1]

    def renew(self, client: Client, before: View) -> None:
        """The client has another view than before: it gets what that limits anew, or learns that it must sync again."""
        if client.synced:
            client.send_changes(self._changes_frame(client.view, self.seq, []))
        else:
            limited = before.limited | client.view.limited
            client.send_arrays([channel for channel in self.channels if channel in limited])

    def flush(self) -> None:
        """Publish all commits known. Does not block."""
        commits, changed_channels = self._replica.take_unpublished()
        if self._replica.was_reloaded:
            self._replica.was_reloaded = False
            self._start_over()
        elif commits:
            self._publish(commits, changed_channels)

    def flush_if_rested(self) -> None:
        """Publish all commits known, now or when the rest after the last flush is over. Neither blocks nor raises."""
        if time.monotonic() >= self._rests_until:
            self._flush_and_rest()

    def _flush_and_rest(self) -> None:
        self._wake.clear()
        began = time.monotonic()
        try:
            self.flush()
        except Exception:
            logger.exception("a flush failed")
        ended = time.monotonic()
        self.seconds.observe(ended - began)
        self._rests_until = ended + min(_LONGEST_REST, _REST_FACTOR * (ended - began))

    def _publish(self, commits: list[Commit], changed_channels: set[str]) -> None:
        news = Delta.of(commits)
        channels = [name for name in self._replica.state.channels if name in changed_channels]
        prev, self.seq = self.seq, commits[-1].seq
        plain = self._push(lambda view: self._changes_frame(view, prev, news.encoded(view)))
        shown: dict[View, list[str]] = {}
        for client in plain if channels else ():
            if client.view not in shown:
                shown[client.view] = news.show(client.view, channels)
            if shown[client.view]:
                client.send_arrays(shown[client.view])

    def _push(self, made: Callable[[View], bytes]) -> list[Client]:
        """Send all synced clients what is `made` for their view; gives the others."""
        others: list[Client] = []
        frames: dict[View, bytes] = {}
        view, framed = None, b""
        for client in list(self._clients):
            if not client.synced:
                others.append(client)
                continue
            # Nearly always the same as the last one's.
            if client.view is not view:
                view = client.view
                framed = frames.get(view) or frames.setdefault(view, made(view))
            outbox = client.outbox
            if outbox.backlog:
                client.send_changes(framed)
            else:
                # The same, without a call more for each of a thousand.
                outbox.send(framed)
        self._last_frame = time.monotonic()
        return others

    def _changes_frame(self, view: View, prev: int, changes: list[bytes]) -> bytes:
        epoch = orjson.dumps(self._replica.state.epoch + view.tag)
        fields = (epoch, prev, self.seq, b",".join(changes))
        return frame(b'42["changes",{"epoch":%b,"prev":%d,"seq":%d,"changes":[%b]}]' % fields)

    def _start_over(self) -> None:
        """The data is no continuation: plain clients get all of it, synced ones see a foreign epoch and sync again."""
        self.seq = self._replica.state.seq
        for client in self._beat():
            client.send_arrays(self.channels)

    def _beat(self) -> list[Client]:
        """An event without changes for all synced clients, so that a lost last event shows; gives the others."""
        return self._push(lambda view: self._changes_frame(view, self.seq, []))

    def _run(self) -> None:
        while True:
            self._wake.wait(max(0.0, self._last_frame + self._heartbeat - time.monotonic()))
            if self._wake.is_set():
                gevent.sleep(max(0.0, self._rests_until - time.monotonic()))
                # The committer may have flushed meanwhile.
                if self._wake.is_set():
                    self._flush_and_rest()
            elif time.monotonic() - self._last_frame >= self._heartbeat:
                try:
                    self._beat()
                except Exception:
                    logger.exception("a heartbeat failed")
