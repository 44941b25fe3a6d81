"""The migration after which usernames are found by their folded form, on databases that already hold accounts."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.support.database import contents
from tests.support.fork_server import fork_server
from tests.support.ports import Port
from tests.support.postgres import Postgres
from tests.support.program import SERVER, Program
from tests.support.rows import many

DB = ("flask", "--app", "server", "db")
SEED = ("seed.py", "--replace")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of a database as the version before left it."""
    with closing(Postgres()) as postgres:
        url = f"sqlite:///{tmp_path}/gym.db" if request.param == "sqlite" else postgres.new_database(tmp_path).url
        _run(url, (*DB, "upgrade", "0003"))
        yield url


def _run(url: str, *commands: Program) -> None:
    for command in commands:
        fork_server().run(command, DATABASE_URL=url)


def _accounts(url: str, *usernames: str, former: str = "") -> None:
    """One of each, without a password; that of `former` waits for an undo."""
    waits = {former: 7}
    many(
        url,
        "accounts",
        [{"username": name, "role": "viewer", "former_coach_id": waits.get(name)} for name in usernames],
    )


def _found(url: str) -> list[tuple[Any, ...]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT username, folded, outline FROM accounts ORDER BY id")).all()
    engine.dispose()
    return [tuple(row) for row in rows]


def test_each_account_is_found_by_its_folded_form(url: str) -> None:
    """A former coach's account is deleted for one in use with the same username, as when that is made."""
    _accounts(url, "ADA", "Ada", "Ｇrace", "Вera", former="ADA")
    _run(url, (*DB, "upgrade"))
    assert _found(url) == [("Ada", "ada", "ada"), ("Ｇrace", "grace", "grace"), ("Вera", "вera", "bera")]
    _run(url, (*DB, "downgrade", "0003"), (*DB, "upgrade"))
    assert [row[0] for row in _found(url)] == ["Ada", "Ｇrace", "Вera"]


def test_two_names_that_are_the_same_end_it_with_a_line_that_names_both(url: str) -> None:
    """Nobody but a person can say whose the name is. Nothing is changed, whichever program it is."""
    _accounts(url, "Grace", "ada", "Ada")
    before = contents(url)
    port = Port()
    settings = {"DATABASE_URL": url, "PORT": str(port.number)}
    ended = [fork_server().end(program, **settings) for program in ((*DB, "upgrade"), SEED, SERVER)]
    port.release()
    for one in ended:
        assert one.code == 1 and len(one.said.splitlines()) == 1, one.said
        assert "'ada'" in one.said and "'Ada'" in one.said and "rename or remove one of them" in one.said
        assert "Grace" not in one.said and "DATABASE_URL" not in one.said
    assert contents(url) == before
