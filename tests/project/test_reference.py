"""`make reference` writes what others may import, and all of that says what it is for."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.environment import ROOT, environment

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "client" / "packages" / "realtime"


def listed(name: str) -> list[str]:
    """The words of a variable of the Makefile."""
    [words] = re.findall(rf"^{name} := (.*)$", MAKEFILE, re.MULTILINE)
    found: list[str] = words.split()
    return found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Those of Python, as the target writes them; a warning is an error."""
    folder = tmp_path_factory.mktemp("reference")
    options = ["--docformat", "markdown", "--no-show-source", "--output-directory", str(folder)]
    assert "pdoc --docformat markdown --no-show-source" in MAKEFILE
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-m", "pdoc", *options, *listed("PYTHON_API")],
        cwd=ROOT,
        env=environment(PYTHONPATH=str(ROOT / "clients" / "python")),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return folder


def test_every_module_has_a_page_with_what_it_offers(pages: Path) -> None:
    for module in listed("PYTHON_API"):
        page = pages / f"{module.replace('.', '/')}.html"
        text = page.read_text(encoding="utf-8")
        offered = getattr(importlib.import_module(module), "__all__", [])
        assert all(f'id="{name}"' in text for name in offered)


def test_what_the_readme_imports_is_in_it(pages: Path) -> None:
    [code] = re.findall(r"`server/resources/\w+\.py`:\n\n```python\n(.*?)```", README, re.DOTALL)
    imported = re.findall(r"^from (server[\w.]*) import (.*)$", code, re.MULTILINE)
    assert imported
    for module, names in imported:
        text = (pages / f"{module.replace('.', '/')}.html").read_text(encoding="utf-8")
        assert all(f'id="{name}"' in text for name in names.split(", ")), module


def test_every_entry_point_of_the_library_is_in_it() -> None:
    exports = json.loads((PACKAGE / "package.json").read_text())["exports"]
    sources = {entry["@spotter/source"].removeprefix("./") for entry in exports.values() if isinstance(entry, dict)}
    [named] = re.findall(r"^TYPESCRIPT_API := \$\(addprefix src/,(.*)\)$", MAKEFILE, re.MULTILINE)
    assert {f"src/{one}" for one in named.split()} == sources
    assert all((PACKAGE / source).is_file() for source in sources)
