"""`flask --app server ...`, as an operator runs it."""

from tests.support.fork_server import fork_server


def flask(url: str, *arguments: str, app: str = "server", stdin: str = "") -> str:
    """Run a command on the database at `url`, beside a server or alone; returns what it said, once it has worked."""
    return fork_server().run(("flask", "--app", app, *arguments), stdin, DATABASE_URL=url)
