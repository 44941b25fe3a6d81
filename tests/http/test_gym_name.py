"""A gym has a name of its own: in the page before anything is loaded, and in its calendars."""

import gzip
import re
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser

import pytest
from icalendar import Calendar

from server.config import DEFAULT_GYM_NAME
from server.http.page import named
from tests.conftest import StartServer
from tests.support.calendar import served
from tests.support.environment import ROOT
from tests.support.http import ask
from tests.support.requirements import skip_or_fail
from tests.support.server import Server

NAME = "Öhm & Söhne \"</title><script>alert(1)</script>' 💪"
BUILT = ROOT / "client" / "dist" / "index.html"


@pytest.fixture(scope="module")
def site(new_server: StartServer) -> Iterator[Server]:
    """A server that has the page, of a gym with a name that is no HTML and looks like it."""
    if not BUILT.is_file():
        skip_or_fail("the client is not built: make client")
    with closing(new_server(GYM_NAME=NAME)) as server:
        yield server.start()


class Said(HTMLParser):
    """What a browser reads of the name, and all elements that there are."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.title, self.application, self.tags = "", "", list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser."""
        self.tags.append(tag)
        if dict(attrs).get("name") == "application-name":
            self.application = dict(attrs)["content"] or ""

    def handle_data(self, data: str) -> None:
        """Called by the parser."""
        if self.tags[-1:] == ["title"]:
            self.title += data.strip("\n ")


@pytest.mark.parametrize("path", ["/", "/index.html", "/coaches/1", "/classes/3/2037-12-24"])
def test_the_page_has_the_name_as_text(path: str, site: Server) -> None:
    status, headers, body = ask(site, path)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    said = Said(body.decode())
    assert (said.application, said.title) == (NAME, NAME)
    assert said.tags == Said(BUILT.read_text()).tags, "no element more than the build has"


def test_the_page_is_compressed_and_asked_for_again(site: Server) -> None:
    _, plain, body = ask(site, "/", {"Accept-Encoding": "identity"})
    _, headers, compressed = ask(site, "/", {"Accept-Encoding": "br, gzip"})
    assert headers["content-encoding"] == "gzip" and gzip.decompress(compressed) == body
    assert headers["cache-control"] == plain["cache-control"] == "no-cache"
    assert headers["vary"] == "Accept-Encoding" and headers["etag"] != plain["etag"]
    again = ask(site, "/", {"Accept-Encoding": "gzip", "If-None-Match": headers["etag"]})
    assert (again[0], again[2]) == (304, b"")


def test_the_policy_is_that_of_every_page(site: Server) -> None:
    assert "script-src 'self';" in ask(site, "/")[1]["content-security-policy"]


def test_another_name_is_another_page() -> None:
    """So the service worker keeps it as a version of its own, and a cache does not take it for the old one."""
    page = BUILT.read_text() if BUILT.is_file() else skip_or_fail("the client is not built: make client")
    assert named(page, "One") != named(page, "Two")
    assert named(page, DEFAULT_GYM_NAME) == page, "without a name of its own the build is sent as it is"
    assert named(page, "One").count("One") == page.count(DEFAULT_GYM_NAME) == 2
    assert re.search(r'<script type="module"[^>]* src="/assets/', named(page, NAME)), "as public/sw.js looks for it"


def test_the_calendar_is_named_after_the_gym(site: Server) -> None:
    calendar = Calendar.from_ical(served(site))
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) == f"Timetable · {NAME}"
