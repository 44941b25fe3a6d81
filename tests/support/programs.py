"""Programs of the server, one after the other in one process that has loaded them: each start alone costs a second.

As a program: reads what to run from standard input, as JSON, and writes how each ended.
"""

import json
import os
import subprocess
import sys
import tempfile

from tests.support.environment import ROOT, environment
from tests.support.program import Ended, Program, code
from tests.support.requirements import skip_or_fail

# The superuser may read and write everything, unless it is taken away.
_AS_ANYBODY = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


def run(programs: list[tuple[Program, dict[str, str]]]) -> list[Ended]:
    """Run programs, each with its arguments and settings, as somebody whom the modes of files hold back.

    The first argument is `flask`, `seed.py` or `server`; of the last ones, none may come to serve.
    """
    command = [sys.executable, "-m", "tests.support.programs"]
    if os.geteuid() == 0:
        command = _AS_ANYBODY + command
    try:
        ended = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(),
            input=json.dumps(programs),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    except FileNotFoundError:
        skip_or_fail("what may not be read: for the superuser that needs setpriv")
    return [Ended(*one) for one in json.loads(ended.stdout)]


def _main() -> None:
    programs, answer = json.load(sys.stdin), os.dup(1)
    if any(arguments[0] == "server" for arguments, _ in programs):
        from gevent import monkey

        monkey.patch_all()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    ended = []
    for arguments, settings in programs:
        with tempfile.TemporaryFile() as file:
            for stream in (1, 2):
                os.dup2(file.fileno(), stream)
            os.environ.update(settings)
            ended_with = code(arguments)
            sys.stdout.flush()
            sys.stderr.flush()
            file.seek(0)
            ended.append(Ended(ended_with, file.read().decode()))
    with os.fdopen(answer, "w") as stream:
        json.dump(ended, stream)


if __name__ == "__main__":
    _main()
