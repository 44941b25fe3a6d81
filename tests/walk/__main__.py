"""`python3 -m tests.walk FOLDER`, as root: the folder keeps a base of Debian 12 for the next walk."""

import sys
import time
from pathlib import Path

from tests.walk.debian import Debian
from tests.walk.operator import Operator
from tests.walk.page import BLOCKS
from tests.walk.steps import STEPS


def main(folder: Path) -> None:
    """Walk the page; what fails ends it, with the log of the processes."""
    machine = Debian(folder)
    began = time.monotonic()
    try:
        machine.start()
        for block, (beginning, step) in zip(BLOCKS, STEPS, strict=True):
            assert block.startswith(beginning), f"the page has {block!r} where the walk has {beginning!r}"
            print(f"{time.monotonic() - began:5.0f} s  {step.__name__}", flush=True)
            try:
                step(Operator(machine), block)
            except BaseException:
                print(machine.run("journalctl --no-pager -u 'spotter@*' | tail -n 30; ss -ltn"))
                raise
    finally:
        machine.close()
    print(f"{time.monotonic() - began:5.0f} s  all {len(STEPS)} blocks did what the page says")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
