"""`flask --app server ...`, as an operator runs it."""

import subprocess
import sys

from tests.support.environment import ROOT
from tests.support.environment import environment


def flask(url: str, *arguments: str, app: str = "server", stdin: str = "") -> str:
    """Run a command on the database at `url`, beside a server or alone; returns what it said, once it has worked."""
    ended = subprocess.run(
        [sys.executable, "-m", "flask", "--app", app, *arguments],
        cwd=ROOT,
        env=environment(DATABASE_URL=url),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr
