"""docs/operations.md speaks of files, settings, metrics and commands that there are."""

import re

from server.cli.journal import commands
from server.config import SETTINGS
from tests.deploy.nginx import SHIPPED
from tests.support.environment import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_nginx_passes_on_to_the_ports_of_the_page() -> None:
    shipped = re.findall(r"server 127\.0\.0\.1:(\d+)", SHIPPED.read_text())
    assert sorted(set(re.findall(r"spotter@(\d+)", PAGE))) == shipped
    assert {setting.name: setting.default for setting in SETTINGS}["PORT"] == shipped[0]


def test_the_page_names_every_file_and_no_other() -> None:
    files = {str(path.relative_to(ROOT)) for path in (ROOT / "deploy").rglob("*") if path.is_file()}
    # The operator makes it of the example.
    made = {"deploy/.env"}
    assert set(re.findall(r"deploy/[\w@./-]*\w", PAGE)) == files | made


def test_the_page_names_settings_that_there_are() -> None:
    code = " ".join(re.findall(r"`[^`\n]+`", PAGE))
    named = set(re.findall(r"(?<![\w/])[A-Z]+(?:_[A-Z]+)+(?![\w/])", code))
    assert named <= {setting.name for setting in SETTINGS}
    assert {"TRUSTED_PROXIES", "ALLOWED_ORIGINS", "REDIS_URL", "SECRET_KEY"} <= named


def test_the_page_names_metrics_and_commands_that_there_are() -> None:
    known = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"`(spotter_\w+)`", PAGE)):
        assert re.search(rf"`{name}[`{{]", known), name
    assert set(re.findall(r"--app server journal (\w+)", PAGE)) <= set(commands.commands)


def test_links_within_the_page_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= anchors
