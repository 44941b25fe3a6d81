"""A power cut on a machine whose disk may write late and in any order; shim/unsynced.c notes what a process wrote.

Modelled: each sector of 512 bytes that was written since the last fsync of its file is, by chance, as it was written,
or as it was before one of these writes; a file that grew or was cut short since then is, or is not. What was
synced stays. Not modelled: torn sectors; files that were made, renamed or removed and whose folder was not synced;
disks that say that they have written what they have not.
"""

import os
import random
import shutil
import struct
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from tests.support.requirements import skip_or_fail

_SECTOR = 512
_HEAD = struct.Struct("=c5Q")
_SOURCE = Path(__file__).with_name("shim") / "unsynced.c"


class Unsynced(NamedTuple):
    """One write, or truncation, that a cut may take back."""

    kind: bytes
    offset: int
    count: int
    size: int
    before: bytes


def build(folder: Path) -> Path:
    """The shim, compiled."""
    compiler = shutil.which("gcc") or shutil.which("cc") or skip_or_fail("a power cut: there is no C compiler")
    library = folder / "unsynced.so"
    command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl", "-lpthread"]
    subprocess.run(command, check=True, capture_output=True)
    return library


def environment(library: Path, folder: Path, log: Path) -> dict[str, str]:
    """What a process is told so that its writes below the folder are noted."""
    return {"LD_PRELOAD": str(library), "UNSYNCED_FOLDER": str(folder), "UNSYNCED_LOG": str(log)}


def cut(log: Path, chance: random.Random) -> int:
    """Take back by chance what was not synced; how many writes it could have taken. The log begins anew."""
    unsynced = _read(log)
    # None of it, all of it, or any part.
    share = chance.choice((0.0, 0.5, 0.5, 1.0))
    for path, records in unsynced.items():
        if os.path.exists(path):
            with open(path, "r+b") as file:
                _take_back(file.fileno(), records, chance, share)
            if path.endswith("-wal"):
                Path(path.removesuffix("-wal") + "-shm").unlink(missing_ok=True)
    log.unlink(missing_ok=True)
    return sum(map(len, unsynced.values()))


def _take_back(file: int, records: list[Unsynced], chance: random.Random, share: float) -> None:
    for record in reversed(records):
        if record.kind == b"T":
            if chance.random() < share:
                os.ftruncate(file, record.size)
                os.pwrite(file, record.before, record.offset)
            continue
        for start in range(0, record.count, _SECTOR):
            if chance.random() < share:
                was = record.before[start : start + _SECTOR]
                # Of a file that grew a sector that was not written reads as zeros.
                length = min(_SECTOR, record.count - start)
                os.pwrite(file, was.ljust(length, b"\0"), record.offset + start)
        if record.offset + record.count > record.size and chance.random() < share:
            os.ftruncate(file, max(record.size, record.offset))


def _read(log: Path) -> dict[str, list[Unsynced]]:
    """By path, what was written since the last sync. A record that the kill cut off is of a write that was not done."""
    found: dict[str, list[Unsynced]] = defaultdict(list)
    data = log.read_bytes() if log.exists() else b""
    place = 0
    while place + _HEAD.size <= len(data):
        kind, offset, count, size, length, name = _HEAD.unpack_from(data, place)
        start = place + _HEAD.size
        place = start + name + length
        path = data[start : start + name].decode()
        if kind == b"S":
            found[path].clear()
        else:
            found[path].append(Unsynced(kind, offset, count, size, data[start + name : place]))
    return found
