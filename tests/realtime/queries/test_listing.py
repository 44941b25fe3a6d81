"""What `list_*` answers when memory is ahead of the database, and when it has to end before the page is full."""

import base64
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from server.realtime.journal.state import State
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Refusal
from server.realtime.queries import listing
from server.realtime.queries.finder import Found, OutOfDate
from server.realtime.queries.listing import Listing
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import EVERYTHING, View
from server.realtime.selection.page import Page
from tests.support.three_ways import registered

Record = dict[str, Any]
ASKED: Record = {"order": ["name"], "limit": 3}


@pytest.fixture(scope="module", autouse=True)
def _registered() -> Iterator[None]:
    with registered():
        yield


def _coach(number: int, name: str, age: int = 30) -> Record:
    return {"id": number, "name": name, "age": age, "picture": "", "username": ""}


class Gym:
    """Coaches as the database has them, and in memory, where the last commit may be a newer one."""

    def __init__(self, *names: str) -> None:
        self.found = [_coach(number, name) for number, name in enumerate(names, 1)]
        self.state = State(["coaches"])
        self.state.epoch, self.state.seq = "epoch", 5
        for coach in self.found:
            self.put(coach)
        self.state.seq = 5
        # What is done when the database is asked.
        self.meanwhile: Callable[[], None] = lambda: None
        self.asked: list[Page] = []
        self.client = SimpleNamespace(
            view=EVERYTHING,
            caller=Caller(""),
            socket=SimpleNamespace(allowance=SimpleNamespace(charge=lambda cost: None)),
        )
        self.listing = Listing(Resource.registry["coaches"], self, self.state)  # type: ignore[arg-type]

    def put(self, coach: Record) -> None:
        """Another version of a record, in memory."""
        self.state.seq += 1
        self.state.channels["coaches"].put(coach["id"], self.state.seq, orjson.dumps(coach))

    def find(self, page: Page, *, counts: bool = False) -> Found:
        """As the finder does."""
        self.asked.append(page)
        self.meanwhile()
        records, _ = page.of(self.found)
        more = page.of([one for one in self.found if one not in records])[0][:1]
        rows = [(record["id"], *page.order.place(record)) for record in (*records, *more)]
        return Found("epoch", 5, rows, len(self.found) if counts else None, self.state)

    def page(self, **asked: Any) -> Record:
        """The answer."""
        answer: Record = orjson.loads(self.listing(self.client, [{**ASKED, **asked}]).data)  # type: ignore[arg-type]
        return answer

    def names(self, **asked: Any) -> list[str]:
        """The names that are in it."""
        return [coach["name"] for coach in self.page(**asked)["records"]]


def _read(cursor: str) -> list[Any]:
    place: list[Any] = orjson.loads(base64.urlsafe_b64decode(cursor))[1:]
    return place


def test_the_next_page_begins_where_the_last_record_was_found() -> None:
    gym = Gym("A", "B", "C", "D", "E")
    gym.put(_coach(3, "Z"))
    page = gym.page()
    assert [coach["name"] for coach in page["records"]] == ["A", "B", "Z"]
    assert (_read(page["next"]), page["seq"]) == (["C", 3], 5)
    assert gym.names(after=page["next"]) == ["D", "E"], "none is skipped"


def test_what_is_gone_or_does_not_fit_any_more_is_left_out_and_the_page_is_full() -> None:
    gym = Gym("A", "B", "C", "D", "E", "F")
    gym.state.channels["coaches"].delete(1)
    gym.put(_coach(2, "B", age=50))
    page = gym.page(where={"age": 30})
    assert [coach["name"] for coach in page["records"]] == ["C", "D", "E"]
    assert _read(page["next"]) == ["E", 5]
    assert gym.names(where={"age": 30}, after=page["next"]) == ["F"]
    assert gym.page(limit=2, where={"age": 30}, order=["-name"])["next"] is not None


def _named(*names: str) -> View:
    return View(filters={"coaches": lambda record: record["name"] in names}, key=str(names))


def test_a_cursor_tells_nothing_of_what_a_record_was_before_it_came_into_view() -> None:
    gym = Gym("A", "B", "Secret", "Z")
    gym.client.view = _named("A", "B", "Told", "Z")
    gym.put(_coach(3, "Told"))
    page = gym.page()
    assert [coach["name"] for coach in page["records"]] == ["A", "B"]
    assert _read(page["next"]) == ["B", 2]
    gym.client.view = _named("Told", "Z")
    with pytest.raises(Refusal) as refused:
        gym.page(limit=1)
    assert refused.value.code == "unavailable"
    assert gym.page(where={"id": 3}, limit=1)["records"] == [_coach(3, "Told")], "no cursor is needed"


def test_who_may_read_little_of_much_is_told_to_narrow_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_MOST_JUDGED", 40)
    monkeypatch.setattr(listing, "_CHUNK", 10)
    gym = Gym(*(f"{number:02}" for number in range(100)))
    gym.client.view = _named("15", "25", "99")
    assert gym.names(limit=2) == ["15", "25"]
    for asked in ({"limit": 3}, {"limit": 2, "count": True}):
        with pytest.raises(Refusal, match="Narrow the filter") as refused:
            gym.page(**asked)
        assert refused.value.code == "too_large"
    narrow = {"name": {"gte": "20"}, "id": {"lt": 40}}
    assert gym.page(where=narrow, count=True, limit=9) == {
        "records": [_coach(26, "25")],
        "next": None,
        "seq": 5,
        "count": 1,
    }


def test_a_page_ends_when_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_MOST_BYTES", 100)
    gym = Gym("A", "B", "C", "D", "E")
    names: list[str] = []
    after = None
    while True:
        page = gym.page(after=after)
        assert len(page["records"]) in (1, 2)
        names += [coach["name"] for coach in page["records"]]
        if (after := page["next"]) is None:
            break
    assert names == ["A", "B", "C", "D", "E"]


def test_another_view_or_other_data_meanwhile_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_RETRY_SECONDS", 0)
    gym = Gym("A", "B", "C")

    less = _named("B")

    def see_less() -> None:
        gym.client.view = less

    gym.meanwhile = see_less
    assert gym.names() == ["B"]
    assert len(gym.asked) == 2

    def be_reloaded() -> None:
        gym.state.epoch = "another"

    gym.meanwhile = be_reloaded
    with pytest.raises(Refusal) as refused:
        gym.page()
    assert refused.value.code == "unavailable"

    def fail() -> None:
        gym.state.epoch, gym.meanwhile = "epoch", lambda: None
        raise OutOfDate

    gym.meanwhile = fail
    assert gym.names() == ["B"]


def test_a_hidden_channel_is_hidden_when_it_was_hidden_meanwhile() -> None:
    gym = Gym("A")

    def hide() -> None:
        gym.client.view = View(hidden=["coaches"], key="hidden")

    gym.meanwhile = hide
    with pytest.raises(Refusal) as refused:
        gym.page()
    assert refused.value.code == "unauthorized"
