"""A file system of a test's own, in memory: to fill it, or to have it read-only."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.requirements import skip_or_fail


@contextmanager
def mounted(path: Path, options: str) -> Iterator[Path]:
    """One at `path`, which is made, until the context ends."""
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        skip_or_fail("a disk that is full or read-only, since this user may not mount one")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", path], check=True)


def make_read_only(path: Path) -> None:
    """Let nobody write to one that is mounted."""
    subprocess.run(["mount", "-o", "remount,ro", path], check=True)
