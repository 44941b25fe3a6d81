"""A program of the server, run in this process as the interpreter would in one of its own, with cheap hashes."""

import runpy
import subprocess
import sys
import traceback
from typing import NamedTuple

from tests.support.environment import ROOT, environment
from tests.support.hashes import hash_cheaply

# Its name and its arguments: `flask`, a file such as `seed.py`, a module such as `server`, or `-c` and lines of code.
Program = tuple[str, ...]
SERVER: Program = ("server",)


class Ended(NamedTuple):
    """How a program ended: its exit code, and what it said to both streams."""

    code: int
    said: str


def python(*arguments: str, **settings: str) -> Ended:
    """Run an interpreter of its own in the project's folder, with the environment of tests and `settings`."""
    ended = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout)


def _run(arguments: Program) -> None:
    """As the interpreter would in a process of its own."""
    name = arguments[0]
    sys.argv = list(arguments)
    if name == "flask":
        import flask.cli

        flask.cli.main()
    elif name == "-c":
        del sys.argv[1]
        exec(compile(arguments[1], "<string>", "exec"), {"__name__": "__main__"})
    elif name.endswith(".py"):
        runpy.run_path(name, run_name="__main__")
    else:
        runpy.run_module(name, run_name="__main__")


def code(arguments: Program) -> int:
    """Run a program here; what it ends with. Says what the interpreter would say."""
    hash_cheaply()
    try:
        _run(arguments)
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
            return 1
        return ended.code or 0
    except BaseException:
        traceback.print_exc()
        return 1
    return 0
