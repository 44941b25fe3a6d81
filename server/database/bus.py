"""The bus between processes that share a database: Redis pub/sub, which may lose any message.

Commits are read from the journal anyway; the bus makes that happen sooner, and carries what is only advisory.
"""

import logging
import secrets
import time
from collections.abc import Callable

import gevent
from gevent.event import Event
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger("spotter.database")

# How long the bus's greenlets wait for Redis; no other greenlet does.
_TIMEOUT_SECONDS = 1.0
_RETRY_SECONDS = 0.5
# Redis sends back what this process publishes: a subscription that does not even receive that is made anew.
_PULSE_SECONDS = 2.0
_SILENCE_SECONDS = 5.0
PULSE = "pulse"
# Sent by a process that has just subscribed: others may send it again what they sent before.
HELLO = "hello"

# (sender, payload)
Receive = Callable[[str, bytes], None]


class Bus:
    """Carries payloads by topic to the other processes of the same gym; with `url` "" it does nothing.

    `gym()` names the gym, the same in all its processes: other gyms may use the same Redis. While it is "" nothing is
    sent or received. While Redis is away, only the newest payload of each topic is kept. `process` is the sender that
    others get.
    """

    def __init__(self, url: str, gym: Callable[[], str]) -> None:
        self.process = secrets.token_hex(8)
        # None: not known yet.
        self.is_up: bool | None = None
        self._gym = gym
        self._receivers: dict[str, Receive] = {}
        self._waiting: dict[str, bytes] = {}
        self._wake = Event()
        self._redis: Redis | None = None
        if url:
            self._redis = Redis.from_url(
                url,
                socket_timeout=_TIMEOUT_SECONDS,
                socket_connect_timeout=_TIMEOUT_SECONDS,
                retry=Retry(NoBackoff(), 0),
            )

    def on(self, topic: str, receive: Receive) -> None:
        """Call `receive(sender, payload)` with what other processes send. It must not block."""
        self._receivers[topic] = receive

    def send(self, topic: str, payload: bytes = b"") -> None:
        """Send to the other processes, without a guarantee. Does not block, does not raise."""
        if self._redis is not None:
            self._waiting[topic] = payload
            self._wake.set()

    def start(self) -> None:
        """Send and listen until the process ends."""
        if self._redis is not None:
            gevent.spawn(self._run_sender, self._redis)
            gevent.spawn(self._run_listener, self._redis)

    @property
    def _channel(self) -> str:
        return f"spotter:{self._gym()}"

    def _run_sender(self, redis: Redis) -> None:
        while True:
            if not self._wake.wait(_PULSE_SECONDS):
                self._waiting[PULSE] = b""
            self._wake.clear()
            waiting, self._waiting = self._waiting, {}
            try:
                for topic, payload in waiting.items() if self._gym() else ():
                    redis.publish(self._channel, b"%b %b %b" % (self.process.encode(), topic.encode(), payload))
            except (RedisError, OSError) as error:
                self._note(up=False, why=error)
                self._waiting = waiting | self._waiting
                gevent.sleep(_RETRY_SECONDS)
                self._wake.set()

    def _run_listener(self, redis: Redis) -> None:
        while True:
            try:
                if self._gym():
                    self._listen(redis)
            except (RedisError, OSError) as error:
                self._note(up=False, why=error)
            except Exception:
                logger.exception("a message from the bus could not be used")
            gevent.sleep(_RETRY_SECONDS)

    def _listen(self, redis: Redis) -> None:
        """Receive until Redis is silent, or the gym is another one."""
        channel = self._channel
        with redis.pubsub() as subscription:  # type: ignore[no-untyped-call]
            subscription.subscribe(channel)
            received = time.monotonic()
            while channel == self._channel and time.monotonic() - received < _SILENCE_SECONDS:
                message = subscription.get_message(timeout=_TIMEOUT_SECONDS)
                if message is None:
                    continue
                received = time.monotonic()
                if message["type"] == "subscribe":
                    self._note(up=True)
                    self.send(HELLO)
                elif message["type"] == "message":
                    self._deliver(message["data"])

    def _deliver(self, data: bytes) -> None:
        sender, topic, payload = data.split(b" ", 2)
        receive = self._receivers.get(topic.decode())
        if receive is not None and sender.decode() != self.process:
            receive(sender.decode(), payload)

    def _note(self, *, up: bool, why: object = "") -> None:
        if up == self.is_up:
            return
        if up:
            logger.info("processes wake each other through Redis")
        else:
            logger.warning("Redis does not answer (%s): processes hear of each other within a second or so", why)
        self.is_up = up
