"""The page, block by block."""

import re

from tests.support.environment import ROOT

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
# What is run, in the order of the page. Other blocks show what a command says, a file, or a machine that is not there.
BLOCKS: list[str] = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def parts(block: str) -> list[str]:
    """The commands before, between and after the lines `# ... ` that say what an operator does himself."""
    return re.split(r"^# \.\.\. .*\n", block, flags=re.MULTILINE)


def said_after(block: str) -> str:
    """What the page says that a block says."""
    return TEXT.split(block)[1].split("```text\n")[1].split("```")[0]


def with_date(block: str, date: str) -> str:
    """The block, of a backup of another day than the page's."""
    assert "2026-03-02" in block
    return block.replace("2026-03-02", date)
