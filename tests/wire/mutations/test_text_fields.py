"""Text is trimmed, put into Unicode form NFC and otherwise left alone; limits count characters."""

import pytest

from tests.support.catalogue import RESOURCES, Text
from tests.support.gym import Gym
from tests.support.observers import Observers

TEXTS = [
    (resource.name, name, field)
    for resource in RESOURCES.values()
    for name, field in resource.fields.items()
    if isinstance(field, Text)
]

VERBATIM = (
    "Zoë O'Brien-Núñez",
    "李小龍",
    "مدرب اللياقة",
    "עמית לוי",
    "می\u200cخواهم",
    "Ольга",
    "<b>x</b> &amp; &",
    "'; DROP TABLE --",
    '"quoted" \\n \\u0041',
    "{{ 7 * 7 }} ${x}",
    "\U0001f3cb\U0001f3fd\u200d\u2640\ufe0f 5\u20e3",
    "two  spaces",
    "\ufb01 ligature",
    "null",
    "a\u00adb\u200bc",
    "1e400",
)
TRIMMED = ("  {}  ", "\t{}\n", "\u00a0{}\u2003", "\u3000{}\u1680", "\u2028{}\u2029", "\r\n {} \u205f")
# As somebody's keyboard spells it, and as it is kept.
COMPOSED = (
    ("e\u0301 e\u0323\u0302", "\u00e9 \u1ec7"),
    ("\u1112\u1161\u11ab", "\ud55c"),
    ("\u212b\u2126", "\u00c5\u03a9"),
)
URLS = (
    "http://localhost:5555/coach.png",
    "https://192.168.1.20/camera?room=1&x=%20#top",
    "http://[::1]:8080/a",
    "https://user@gym.example/a",
    "https://xn--80ak6aa92e.com/",
    "https://пример.example/картинка.png",
    "https://gym.example",
    "https://gym.example/a'b\"c<d>.png",
)


@pytest.mark.parametrize(("name", "field", "kind"), TEXTS)
def test_anything_else_is_stored_and_sent_verbatim(
    name: str, field: str, kind: Text, gym: Gym, observers: Observers
) -> None:
    record = gym.new(name)
    for text in VERBATIM:
        # Long enough for the longest minimum, cut to the shortest maximum.
        sent = (text if len(text) >= kind.low else " ".join([text] * kind.low))[: kind.high].strip()
        assert gym.update(name, id=record["id"], **{field: sent})[field] == sent
    with observers.sends(RESOURCES[name].channel):
        last = gym.update(name, id=record["id"], **{field: "<i>\U0001f4aa \u05d0</i> ok"})
    assert observers.plain.replica.arrays[RESOURCES[name].channel] == [last]


@pytest.mark.parametrize(("name", "field", "kind"), TEXTS)
def test_what_looks_the_same_is_the_same(name: str, field: str, kind: Text, gym: Gym) -> None:
    record = gym.new(name)
    for spelled, kept in COMPOSED:
        times = kind.high // len(kept)
        assert gym.update(name, id=record["id"], **{field: spelled * times})[field] == kept * times


@pytest.mark.parametrize(("name", "field", "kind"), TEXTS)
def test_white_space_of_any_script_is_trimmed(name: str, field: str, kind: Text, gym: Gym) -> None:
    record = gym.new(name)
    for pattern in TRIMMED:
        assert gym.update(name, id=record["id"], **{field: pattern.format("a" * kind.high)})[field] == "a" * kind.high


@pytest.mark.parametrize(("name", "field", "kind"), TEXTS)
def test_the_shortest_and_the_longest(name: str, field: str, kind: Text, gym: Gym) -> None:
    for text in ("a" * max(kind.low, 1), "a" * kind.high, "é" * kind.high):
        assert gym.new(name, **{field: text})[field] == text


@pytest.mark.parametrize(("name", "field"), [(name, field) for name, field, kind in TEXTS if kind.multiline])
def test_descriptions_keep_line_breaks_and_tabs(name: str, field: str, gym: Gym) -> None:
    text = "First line.\nSecond line.\r\n\tThird line.\u2028\u05d0\u200f, \u2029last."
    assert gym.new(name, **{field: text})[field] == text


@pytest.mark.parametrize(("name", "field"), [("coach", "picture"), ("exercise_move", "video_link")])
def test_any_http_url_will_do(name: str, field: str, gym: Gym) -> None:
    record = gym.new(name)
    for url in URLS:
        assert gym.update(name, id=record["id"], **{field: url})[field] == url


@pytest.mark.parametrize(("name", "field"), [("coach", "picture"), ("exercise_move", "video_link")])
def test_urls_are_trimmed(name: str, field: str, gym: Gym) -> None:
    assert gym.new(name, **{field: "  https://gym.example/a \n"})[field] == "https://gym.example/a"


@pytest.mark.parametrize("age", [18, 100, 57])
def test_ages_at_their_limits(age: int, gym: Gym) -> None:
    assert gym.new("coach", age=age)["age"] == age
