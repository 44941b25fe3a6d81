"""docs/operations.md and SECURITY.md say what is so."""

import re

from server.accounts.attempts import _ADDRESS, _LOGIN, _USERNAME
from server.cli.account import accounts
from server.config import INSTANCE, SETTINGS
from tests.support.environment import ROOT
from tests.walk.page import BLOCKS
from tests.walk.steps import STEPS

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
PROMISES = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([A-Z_]+)` \| (?:`(.*)`|\(empty\)) \| (.*) \|$", re.MULTILINE)


def test_every_setting_is_in_the_table_as_it_is() -> None:
    documented = [(name, default, text) for name, default, text in ROW.findall(PAGE)]
    settings = [(one.name, one.default.replace(str(INSTANCE), "instance"), one.help) for one in SETTINGS]
    assert documented == settings


def test_the_commands_of_the_page_exist() -> None:
    shown = set(re.findall(r"--app server account ([\w-]+)", PAGE))
    assert shown == set(accounts.commands)


def test_the_limits_of_signing_in_are_as_promised() -> None:
    assert (_LOGIN.amount, _LOGIN.get_expiry(), _ADDRESS.amount, _ADDRESS.get_expiry()) == (5, 60, 20, 60)
    assert (_USERNAME.amount, _USERNAME.get_expiry()) == (100, 3600)
    promise = "5 failed attempts a minute for a name from an address, 20 for an address, 100 an hour for a name"
    assert promise in PROMISES


def test_every_block_is_walked_in_the_order_of_the_page() -> None:
    for block, (beginning, _) in zip(BLOCKS, STEPS, strict=True):
        assert block.startswith(beginning)


def test_every_test_that_is_named_is_there() -> None:
    for path in re.findall(r"\]\(([^)]+\.(?:py|md|ts))\)", PROMISES):
        assert (ROOT / path).is_file(), path


def test_the_reader_is_sent_to_pages_that_are_there() -> None:
    for path in re.findall(r"\]\(([^)#:]+)\)", PAGE):
        assert (ROOT / "docs" / path).is_file(), path
