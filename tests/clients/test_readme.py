"""The README's example, to the letter but for the address."""

import re
from pathlib import Path

import pytest

from tests.support.server import Server

README = Path(__file__).parents[2] / "clients/python/README.md"


def test_the_example_does_what_it_says(own_server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    names: dict[str, object] = {}
    exec(code.replace("localhost:5555", f"localhost:{own_server.port}"), names)
    assert capsys.readouterr().out == "31 ['Ann Lee']\n"
    assert [coach["name"] for coach in names["young"]] == ["Ann Lee"]  # type: ignore[attr-defined]
