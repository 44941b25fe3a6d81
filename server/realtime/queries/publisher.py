"""Sends what was committed to the clients: one flush for all commits since the last."""

import logging
import time
from collections.abc import Callable
from weakref import WeakKeyDictionary

import gevent
from gevent.event import Event

from server.realtime.journal.commit import Commit
from server.realtime.journal.replica import Replica
from server.realtime.protocol.measurements import duration
from server.realtime.queries.changes_frame import changes_frame
from server.realtime.queries.delta import Delta
from server.realtime.queries.part import Part
from server.realtime.queries.subscribers import Subscribers
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View
from server.realtime.transport.client import Client
from server.realtime.transport.outbox import frame

logger = logging.getLogger("spotter.queries")

# After a flush the publisher rests for a part of the flush's duration, up to a limit, so that requests are served
# however many clients write. A client that writes again after each flush is not delayed: its commit takes longer.
_REST_FACTOR = 1 / 3
_MAX_REST_SECONDS = 0.02


class Publisher:
    """Sends `changes` to synced clients and full arrays to plain ones, in the order of commits.

    `seq` is the newest commit that was published. Only clients that joined are sent anything.
    """

    def __init__(self, replica: Replica, heartbeat: float) -> None:
        self._replica = replica
        self._heartbeat = heartbeat
        self._clients: set[Client] = set()
        self.subscribers = Subscribers(replica)
        self._wake = Event()
        self._arrays: dict[str, tuple[bytes, bytes]] = {}
        self._limited_arrays: WeakKeyDictionary[View, dict[str, tuple[bytes, bytes]]] = WeakKeyDictionary()
        self._last_frame = self._last_heartbeat = time.monotonic()
        self._rests_until = 0.0
        self.seq = 0
        self.seconds = duration("spotter_flush_seconds", "Time that it took to send to all clients.")
        replica.on_unpublished(self._wake.set)

    def start(self) -> gevent.Greenlet:
        """Publish until killed."""
        self.seq = self._replica.state.seq
        self._replica.was_reloaded = False
        return gevent.spawn(self._run)

    def join(self, client: Client) -> None:
        """Send the client what is published from now on."""
        self._clients.add(client)

    def follow(self, client: Client) -> None:
        """Send the client the `changes` of all commits not published yet, in place of arrays. Does not wait."""
        self.flush()
        client.switch_to_changes()
        if client in self.subscribers:
            self.subscribers.join(client, self.seq, whole=True)

    def subscribe(self, client: Client, part: Part | None = None) -> None:
        """The same of no more than the parts of channels that it subscribed to, of which this is one more.

        A client that follows goes on to do so.
        """
        self.flush()
        follows = client.synced or None
        if client not in self.subscribers:
            self._clients.discard(client)
            self.subscribers.join(client, self.seq, whole=follows)
        client.switch_to_changes()
        if part is not None:
            self.subscribers.join(client, self.seq, part=part)

    def leave(self, client: Client) -> None:
        """Send the client nothing more."""
        self._clients.discard(client)
        self.subscribers.leave(client)

    @property
    def channels(self) -> list[str]:
        """The names of all channels that plain clients are sent, in that order."""
        return [name for name in self._replica.state.channels if Resource.registry[name].arrays]

    @property
    def clients(self) -> set[Client]:
        """Those that joined and did not leave."""
        return self._clients

    def array_frame(self, channel: str, view: View) -> bytes:
        """The frame of the channel's newest array with the records that the view has, encoded once for all clients."""
        rows = self._replica.state.channels[channel]
        is_limited = view.limits(channel)
        frames = self._limited_arrays.setdefault(view, {}) if is_limited else self._arrays
        cached = frames.get(channel)
        if cached is None or cached[0] is not rows.array:
            array = rows.array
            if is_limited:
                array = b"[%b]" % b",".join(record for _, record in view.choose(channel, rows.records))
            cached = frames[channel] = (rows.array, frame(b'42["%b",%b]' % (channel.encode(), array)))
        return cached[1]

    def renew(self, client: Client, before: View) -> None:
        """The client's view changed: send it the arrays that either view limits, or, if it is synced, the new epoch."""
        if client in self.subscribers:
            self.subscribers.renew(client, self.seq)
        elif client.synced:
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
        self._rests_until = ended + min(_MAX_REST_SECONDS, _REST_FACTOR * (ended - began))

    def _publish(self, commits: list[Commit], changed_channels: set[str]) -> None:
        delta = Delta(self._replica.state.known(commits))
        channels = [name for name in self.channels if name in changed_channels]
        prev, self.seq = self.seq, commits[-1].seq
        plain = self._push(lambda view: self._changes_frame(view, prev, delta.encoded(view)))
        self.subscribers.publish(commits, delta, self.seq)
        by_view: dict[View, list[str]] = {}
        for client in plain if channels else ():
            if client.view not in by_view:
                by_view[client.view] = delta.changed_channels(client.view, channels)
            if by_view[client.view]:
                client.send_arrays(by_view[client.view])

    def _push(self, encode: Callable[[View], bytes]) -> list[Client]:
        """Send all synced clients the frame that `encode` returns for their view; returns the other clients."""
        others: list[Client] = []
        frames: dict[View, bytes] = {}
        view, framed = None, b""
        for client in list(self._clients):
            if not client.synced:
                others.append(client)
                continue
            # Nearly always that of the client before.
            if client.view is not view:
                view = client.view
                framed = frames.get(view) or frames.setdefault(view, encode(view))
            outbox = client.outbox
            if outbox.backlog:
                client.send_changes(framed)
            else:
                # As `send_changes` does, without one more call for each client.
                outbox.send(framed)
        self._last_frame = time.monotonic()
        return others

    def _changes_frame(self, view: View, prev: int, changes: list[bytes]) -> bytes:
        return changes_frame(self._replica.state.epoch + view.tag, prev, self.seq, changes)

    def _start_over(self) -> None:
        """The state was reloaded: plain clients are sent all arrays, and synced ones another epoch: they sync again."""
        self.seq = self._replica.state.seq
        self.subscribers.restart(self.seq)
        for client in self._push_nothing():
            client.send_arrays(self.channels)

    def _send_heartbeat(self) -> None:
        """Send all but plain clients a `changes` without changes, which shows a lost one."""
        self._last_heartbeat = time.monotonic()
        self.subscribers.send_heartbeat(self.seq)
        self._push_nothing()

    def _push_nothing(self) -> list[Client]:
        return self._push(lambda view: self._changes_frame(view, self.seq, []))

    @property
    def _heartbeat_due(self) -> float:
        """When somebody may have been sent nothing for long enough: subscribers are not sent each commit."""
        last = min(self._last_frame, self._last_heartbeat) if self.subscribers else self._last_frame
        return last + self._heartbeat

    def _run(self) -> None:
        while True:
            self._wake.wait(max(0.0, self._heartbeat_due - time.monotonic()))
            if self._wake.is_set():
                gevent.sleep(max(0.0, self._rests_until - time.monotonic()))
                # The group commit may have flushed meanwhile.
                if self._wake.is_set():
                    self._flush_and_rest()
            if time.monotonic() >= self._heartbeat_due:
                try:
                    self._send_heartbeat()
                except Exception:
                    logger.exception("a heartbeat failed")
