"""The page's files go compressed to browsers that take that, and are kept by them."""

import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.support.environment import ROOT
from tests.support.http import ask
from tests.support.requirements import skip_or_fail
from tests.support.server import Server

DIST = ROOT / "client" / "dist"
YEAR = "max-age=31536000"


@pytest.fixture(scope="module")
def site(new_server: StartServer) -> Iterator[Server]:
    """A server that has the page."""
    if not (DIST / "index.html").is_file():
        skip_or_fail("the client is not built: make client")
    with closing(new_server()) as server:
        yield server.start()


@pytest.fixture(scope="module")
def script() -> Path:
    """The largest of the page's scripts."""
    return max((DIST / "assets").glob("*.js"), key=lambda file: file.stat().st_size)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip;q=1", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
        ("nonsense;q=x", None),
        (None, None),
    ],
)
def test_a_file_is_sent_in_what_the_browser_takes(
    accepted: str | None, encoding: str | None, site: Server, script: Path
) -> None:
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    status, got, body = ask(site, f"/assets/{script.name}", headers)
    assert (status, got.get("content-encoding")) == (200, encoding)
    assert got["content-type"].startswith("text/javascript")
    assert got["vary"] == "Accept-Encoding"
    assert YEAR in got["cache-control"]
    whole = script.read_bytes()
    if encoding == "br":
        assert body == Path(f"{script}.br").read_bytes()
        assert len(body) < len(whole) / 3
    else:
        assert (gzip.decompress(body) if encoding == "gzip" else body) == whole


def test_each_encoding_has_a_tag_of_its_own(site: Server, script: Path) -> None:
    """A cache that has one of them must not take it for the other."""
    tags = {
        accepted: ask(site, f"/assets/{script.name}", {"Accept-Encoding": accepted})[1]["etag"]
        for accepted in ("br", "gzip", "identity")
    }
    assert len(set(tags.values())) == 3
    again = {"Accept-Encoding": "br", "If-None-Match": tags["br"]}
    status, headers, body = ask(site, f"/assets/{script.name}", again)
    assert (status, body) == (304, b"") and headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/", "/coaches/1", "/sw.js"])
def test_what_may_change_is_asked_for_again(path: str, site: Server) -> None:
    _, headers, body = ask(site, path, {"Accept-Encoding": "gzip"})
    assert headers["cache-control"].startswith("no-cache")
    file = DIST / ("sw.js" if path == "/sw.js" else "index.html")
    # What is smaller than its headers is not compressed.
    assert (gzip.decompress(body) if "content-encoding" in headers else body) == file.read_bytes()


def test_what_is_small_already_is_sent_as_it_is(site: Server) -> None:
    font = next((DIST / "assets").glob("*.woff2"))
    _, headers, body = ask(site, f"/assets/{font.name}", {"Accept-Encoding": "br, gzip"})
    assert "content-encoding" not in headers
    assert body == font.read_bytes()


def test_the_built_page_is_small() -> None:
    """What comes before the page can be used: its scripts, its styles."""
    text = (DIST / "index.html").read_text()
    sizes = {
        ending: sum(
            len(
                Path(f"{DIST}{name}.br").read_bytes()
                if Path(f"{DIST}{name}.br").is_file()
                else (DIST / name[1:]).read_bytes()
            )
            for name in {part for part in text.split('"') if part.startswith("/assets/") and part.endswith(ending)}
        )
        for ending in (".js", ".css")
    }
    assert 0 < sizes[".js"] < 160_000, sizes
    assert 0 < sizes[".css"] < 30_000, sizes


def test_the_page_for_developers_is_small() -> None:
    """What it needs beside what a first visit has: no renderer of half a megabyte."""
    parts = json.loads((DIST / "assets" / "manifest.json").read_text())

    def needed(name: str) -> set[str]:
        return {parts[name]["file"]}.union(*(needed(one) for one in parts[name].get("imports", ())))

    own = needed("src/developers/page.tsx") - needed("index.html")
    sizes = {file: (compressed if (compressed := DIST / f"{file}.br").is_file() else DIST / file) for file in own}
    assert 0 < sum(path.stat().st_size for path in sizes.values()) < 60_000, sizes
