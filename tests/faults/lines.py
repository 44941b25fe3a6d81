"""A line between clients and the server that loses, doubles, delays and reorders frames, or cuts connections."""

import asyncio
import contextlib
import random
import threading
from collections import Counter
from collections.abc import Callable

MODES = ("lose", "double", "delay", "reorder", "cut", "half")
# Of the frames of a line that loses, doubles or reorders, how many.
_SHARE = 0.05
_DELAY_SECONDS = 0.2
_MOST_BYTES = 60_000


class Line:
    """Listens on `port` and passes on to the server's port, which is asked for at each connection.

    `done` counts the harm. Once it is `calm`, nothing happens to frames, and connections that were half open end.
    """

    def __init__(self, mode: str, server_port: Callable[[], int], seed: str) -> None:
        self.mode = mode
        self.done: Counter[str] = Counter()
        self._server_port = server_port
        self._chance = random.Random(f"{seed} {mode}")
        self._is_calm = False
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        started.wait()

    def calm(self) -> None:
        """Do no more harm."""
        self._is_calm = True
        self._loop.call_soon_threadsafe(self._calmed.set)

    def close(self) -> None:
        """End all connections."""
        self._loop.call_soon_threadsafe(self._stop)
        self._thread.join()
        self._loop.close()

    def _stop(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._serve(started))
        while tasks := asyncio.all_tasks(self._loop):
            for task in tasks:
                task.cancel()
            self._loop.run_until_complete(asyncio.wait(tasks, timeout=10))

    async def _serve(self, started: threading.Event) -> None:
        # Nothing but this refers to what waits in a connection that is half open.
        self._calmed = asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port: int = server.sockets[0].getsockname()[1]
        started.set()
        async with server:
            await server.serve_forever()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._server_port())
        except OSError:
            writer.transport.abort()
            return
        ends = (writer, server_writer)
        budget = [self._chance.randrange(_MOST_BYTES) if self.mode in ("cut", "half") else 0]
        pumps = [
            asyncio.ensure_future(self._pass(reader, server_writer, budget)),
            asyncio.ensure_future(self._pass(server_reader, writer, budget)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            for end in ends:
                end.transport.abort()
            await asyncio.gather(*pumps, return_exceptions=True)

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        budget: list[int],
    ) -> None:
        writer.write(await reader.readuntil(b"\r\n\r\n"))
        held: list[bytes] = []
        while True:
            framed = await _frame(reader)
            if not self._is_calm and self.mode in ("cut", "half"):
                budget[0] -= len(framed)
                if budget[0] < 0:
                    self.done[self.mode] += 1
                    if self.mode == "cut":
                        writer.write(framed[: self._chance.randrange(len(framed))])
                        await writer.drain()
                        return
                    await self._calmed.wait()
                    return
            for passed in await self._harm(framed, held):
                writer.write(passed)
            await writer.drain()

    async def _harm(self, framed: bytes, held: list[bytes]) -> list[bytes]:
        """What is passed on in place of a frame."""
        before, held[:] = held[:], []
        if self._is_calm or self._chance.random() > _SHARE:
            return [framed, *before]
        self.done[self.mode] += 1
        match self.mode:
            case "lose":
                return before
            case "double":
                return [framed, framed]
            case "delay":
                await asyncio.sleep(self._chance.random() * _DELAY_SECONDS)
            case "reorder":
                # It comes after the next one.
                held.append(framed)
                return before
        return [framed, *before]


async def _frame(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readexactly(2)
    size, more = head[1] & 0x7F, b""
    if size >= 126:
        more = await reader.readexactly(2 if size == 126 else 8)
        size = int.from_bytes(more)
    masked = 4 if head[1] & 0x80 else 0
    return head + more + await reader.readexactly(masked + size)
