"""Too many, too slow, too fast: stalled readers, clients that stand still, floods, hundreds at once, one row."""

import contextlib
import random
import threading
import time
from pathlib import Path
from typing import Any

from tests.faults.crowd import Crowd
from tests.faults.place import postgres_servers, sqlite_server
from tests.faults.run import Run, Verdict, run_with
from tests.support.flood import Flood
from tests.support.raw_socket import RawSocket, framed

# What packets and JSON are made of, and what breaks them; in text frames, or as frames of other kinds.
_HOSTILE = (
    *("4", "42", "40", "41", "43", "44", "451-[]", "46", "6", "5", "1", "0", "x", "", "42/test,", "40/x,{}", "42[" * 9),
    *('42["connect"]', '42["disconnect"]', '421["new_coach"', '42["refresh"]', '421["nothing",{}]', "42" + "[" * 300),
    *('421["sync",{"epoch":1}]', '421["new_coach",{"name":"\\ud800","age":1e999}]', '42["history",{"limit":-1}]'),
    *('421["subscribe",{"channel":"coaches","where":{"or":[{"not":{}}]}}]', '421["batch",{"writes":[]}]', "4" * 300),
)
_OPCODES = (1, 1, 1, 1, 1, 2, 0, 8, 9, 10, 3, 11)
_STALLED = 10
_PATIENCE_SECONDS = 300.0
# More than the server keeps for a client, in total: what it keeps of them all is bounded.
_MOST_BYTES = 150_000_000


def stalled_readers(place: Path, seed: str, size: int) -> Verdict:
    """Clients that answer pings and read nothing, `size` seconds long."""

    def harm(run: Run) -> None:
        memory = run.server.memory()
        with run.harm("stalled readers"):
            stall(run, size)
            grown = run.server.memory() - memory
        assert grown < _MOST_BYTES, f"{grown:,} bytes more are in use with {_STALLED} clients that do not read"

    with sqlite_server(place) as server:
        return run_with(server.start(), place, seed, harm)


def stall(run: Run, seconds: int) -> None:
    """Clients come that read nothing, and leave again. Raises OSError if the server does not let them in."""
    with contextlib.ExitStack() as stack:
        sockets = []
        for _ in range(_STALLED):
            raw = RawSocket(run.chance.choice(run.server.ports), receive_buffer=4_096)
            stack.callback(raw.close)
            raw.handshake()
            raw.send_text("40")
            sockets.append(raw)
        for _ in range(seconds):
            time.sleep(1)
            for raw in sockets:
                with contextlib.suppress(OSError):
                    raw.send_text("3")


def stopped_clients(place: Path, seed: str, size: int) -> Verdict:
    """Half of the clients stand still for a minute, as laptops that are closed; `size` times."""
    seconds = 60.0

    def harm(run: Run) -> None:
        for _ in range(size):
            run.rest()
            with run.harm("clients stopped"):
                stop_clients(run, seconds)

    with sqlite_server(place) as server:
        return run_with(server.start(), place, seed, harm, is_patient=False, within=60.0 + 2 * seconds)


def stop_clients(run: Run, seconds: float) -> None:
    """Half of them stand still."""
    run.crowd.stop_half()
    time.sleep(seconds)
    run.crowd.go_on()


def hostile_frames(place: Path, seed: str, size: int) -> Verdict:
    """`size` frames that nobody should send, on connections that are made anew whenever the server ends one."""
    with sqlite_server(place, RATE_LIMIT="1000") as server:
        server.start()

        def harm(run: Run) -> None:
            with run.harm("hostile frames"):
                attack(run, size)

        verdict = run_with(server, place, seed, harm, clients=8, processes=2, is_patient=True)
        verdict.done = size
        return verdict


def attack(run: Run, size: int) -> None:
    """Send so many frames that nobody should send, on as many connections as that takes."""
    sent, served = 0, time.monotonic()
    while sent < size:
        taken = _attack(run.chance.choice(run.server.ports), run.chance)
        sent, served = sent + taken, time.monotonic() if taken else served
        assert time.monotonic() < served + _PATIENCE_SECONDS, "there is no server to attack"


def floods(place: Path, seed: str, size: int) -> Verdict:
    """One socket sends a frame without pause for a second, `size` times; the others are served meanwhile."""

    def harm(run: Run) -> None:
        for _ in range(size):
            with run.harm("flood"):
                flood(run)

    with sqlite_server(place, RATE_LIMIT="1000") as server:
        return run_with(server.start(), place, seed, harm, clients=8, processes=2)


def flood(run: Run) -> None:
    """Send one frame without pause for a second. Raises OSError if the server does not let it in."""
    unit = framed(run.chance.choice(_HOSTILE).encode())
    with Flood(run.chance.choice(run.server.ports), unit, ["40"]):
        time.sleep(1)


def many_clients(place: Path, seed: str, size: int) -> Verdict:
    """`size` clients at once."""

    def harm(run: Run) -> None:
        with run.harm("many clients"):
            run.wait_for_commits(size // 2)

    with sqlite_server(place) as server:
        server.start()
        crowd = lambda ports: Crowd(place, seed, _clients(ports, size, "c"), 4, pace=size / 25)  # noqa: E731
        return run_with(server, place, seed, harm, crowd=crowd, is_patient=False)


def one_row(place: Path, seed: str, size: int) -> Verdict:
    """`size` updates of one row, by clients of two processes at the same time."""
    with postgres_servers(place) as server:
        server.start()

        def crowd(ports: Any) -> Crowd:
            clients = [{**client, "hot": True} for client in _clients(ports, 8, "c")]
            return Crowd(place, seed, clients, 2, pace=0.0)

        def harm(run: Run) -> None:
            with run.harm("updates of one row"):
                began = run.server.database.newest_commit()
                while run.server.database.newest_commit() < began + size:
                    time.sleep(0.1)

        verdict = run_with(server, place, seed, harm, crowd=crowd)
        verdict.done = verdict.commits
        return verdict


def _clients(ports: Any, count: int, letter: str) -> list[dict[str, Any]]:
    kinds = ("synced", "plain", "parts", "synced", "synced")
    return [{"who": f"{letter}{i}", "kind": kinds[i % 5], "ports": list(ports)} for i in range(count)]


def _attack(port: int, chance: random.Random) -> int:
    """Send what a connection takes; how many frames it took."""
    sent = 0
    with contextlib.suppress(OSError):
        raw = RawSocket(port, receive_buffer=65_536, source=f"127.0.0.{chance.randint(2, 200)}")
        ended = threading.Event()
        reader = threading.Thread(target=_drain, args=(raw, ended))
        try:
            raw.handshake()
            raw.send_text("40")
            reader.start()
            for _ in range(chance.randint(1, 400)):
                raw.send_frame(chance.choice(_HOSTILE).encode(), chance.choice(_OPCODES), final=chance.random() < 0.9)
                sent += 1
        finally:
            ended.set()
            with contextlib.suppress(RuntimeError):
                reader.join()
            raw.reset()
    return sent


def _drain(raw: RawSocket, ended: threading.Event) -> None:
    raw.socket.settimeout(0.05)
    while not ended.is_set():
        try:
            if not raw.socket.recv(65_536):
                return
        except TimeoutError:
            continue
        except OSError:
            return
