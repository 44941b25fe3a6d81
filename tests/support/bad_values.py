"""What each kind of field must refuse: a table of values by rule, each with a name for the report."""

from collections.abc import Iterator
from typing import Any

from tests.support.catalogue import (
    Date,
    Day,
    Field,
    Flag,
    Hour,
    Integer,
    Password,
    Reference,
    References,
    Text,
    Url,
    Username,
)
from tests.support.packets import Raw

Values = Iterator[tuple[str, Any]]

# Not JSON, no number that a double can hold, no text that UTF-8 has: a parser may refuse the whole frame, so that no
# field can be named.
NOT_VALUES: tuple[Any, ...] = (
    Raw("NaN"), Raw("Infinity"), Raw("-Infinity"), Raw("1e400"), Raw("-1e400"),
    "\ud800", "Some\ud800thing of use", "Some\udfffthing of use", "Some\udc00\ud800thing of use",
)  # fmt: skip

# C0, DEL and C1: none of them is text, whatever the field. Line breaks and tabs are the multiline exception.
CONTROLS = ("\0", "\x01", "\x07", "\b", "\x0e", "\x1b[31m", "\x1f", "\x7f", "\x80", "\x9f")
LINE_CONTROLS = ("\n", "\r", "\t", "\r\n", "\v", "\f")

# White space that only an ASCII strip() would leave.
BLANKS = (" ", "   ", "\u00a0", "\u2003\u2003", "\u3000", "\u1680", "\u2028", "\t\n")

# Not white space, and yet nobody sees them: joiners, marks without a letter, fillers, tags, what is not assigned.
UNSEEN = (
    "\u200c", "\u200d", "\u00ad", "\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u0301", "\u0489",
    "\ufe0f", "\ufe00", "\u180b", "\u17b5", "\u2061", "\u206f", "\ufff9", "\ufffc", "\U000e0041", "\U000e0100",
    "\U0001d159", "\U0001d173", "\U0001bca0", "\u0378", "\uffff", "\ue000", "\u200d\ufe0f", "\u0301\u3000\u2800",
)  # fmt: skip

# They turn the text that stands after them; the marks only what stands beside them.
TURNING = ("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069")
TURNING_MARKS = ("\u061c", "\u200e", "\u200f")
SEPARATORS = ("\u2028", "\u2029")

NOT_TEXT: tuple[Any, ...] = (0, 5, 1.5, True, False, [], ["text"], {}, {"text": "text"}, [[["text"]]])

BAD_IDS: tuple[Any, ...] = (
    0, -1, 1.5, True, False, 999_999_999, 2**31, 2**53, 2**63, 2**64, -(2**63) - 1, 10**40, 1e300,
    " ", "abc", "1.5", "1e3", "0x1", "--1", "+", "1 2", "1,2", "99999999999999999999", "1; drop table coaches",
    "1' or '1'='1",
    "NaN", "Infinity", "None", "null", "true", "\0", "1\0",
    [], [1], {}, {"id": 1}, [[]],
)  # fmt: skip


def bad_values(field: Field) -> Values:
    """Every value that this field refuses, null included where it is required."""
    if field.required:
        yield "null", None
    match field:
        case Text(low, high, multiline, required):
            yield from _texts(low, high, multiline, required)
        case Integer(low, high, required):
            yield from _integers(low, high, required)
        case Url():
            yield from _urls()
        case Username():
            yield from _not_text()
            yield from _inside((*CONTROLS, *LINE_CONTROLS, *TURNING, *TURNING_MARKS, *SEPARATORS))
            for unseen in UNSEEN:
                yield f"unseen: {unseen!r}", unseen * 4
        case Password():
            yield from _not_text()
        case Day():
            yield from _days()
        case Hour():
            yield from _hours()
        case Date():
            yield from _dates()
        case Flag():
            yield from _flags()
        case Reference(required=required):
            yield from _references(required)
        case References():
            yield from _lists_of_references()


def _not_text() -> Values:
    for value in NOT_TEXT:
        yield f"not text: {value!r}", value


def _inside(wrong: tuple[str, ...]) -> Values:
    for characters in wrong:
        yield f"inside: {characters!r}", f"Some{characters}thing of use"


def _texts(low: int, high: int, multiline: bool, required: bool) -> Values:
    yield from _not_text()
    for unseen in UNSEEN:
        yield f"unseen: {unseen!r}", (unseen * max(low, 1))[:high]
    if required:
        yield "empty", ""
        for blank in BLANKS:
            yield f"blank: {blank!r}", blank * low
        yield "too short", "a" * (low - 1)
        yield "too short when trimmed", f"  {'a' * (low - 1)}\u3000\u00a0 "
    yield "too long by one", "a" * (high + 1)
    yield "too long by one, beyond ASCII", "é" * (high + 1)
    yield "too long by one, beyond the basic plane", "\U0001f3cb" * (high + 1)
    yield "far too long", "a" * 50_000
    yield from _inside((*CONTROLS, *TURNING))
    if not multiline:
        yield from _inside((*LINE_CONTROLS[:4], *TURNING_MARKS, *SEPARATORS))


def _integers(low: int, high: int, required: bool) -> Values:
    wrong: tuple[Any, ...] = (
        low - 1, high + 1, 0, -1, -low, 2**31, 2**63, 2**64, 10**40, low + 0.5, 1e300, -1e300, True, False,
        "abc", f"{low}.5", "1e1", "0x20", "20 years", "NaN", "Infinity", "-20", "None", f"{low}\0",
        [], [20], {}, {"age": 20}, [[20]],
    )  # fmt: skip
    by_name = {repr(value): value for value in (*(("", *BLANKS[:4]) if required else ()), *wrong)}
    if low == 0:
        del by_name["0"]
    for name, value in by_name.items():
        yield f"not a number from {low} to {high}: {name}", value


def _urls() -> Values:
    yield from ((name, value) for name, value in _not_text())
    wrong = (
        "nonsense", "gym.example", "gym.example/a.png", "/a.png", "//gym.example/a.png", "ftp://gym.example/a.png",
        "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,<b>a</b>", "mailto:a@gym.example", "vbscript:x",
        "http:", "http://", "https://", "https:///a.png", "http:gym.example", "http://?a", "http://#a",
        "http://gym example/a.png", "https://gym.example/a b.png", "https://gym.example:port/", "https://:80/",
        "https://gym.example\n/a.png", "https://gym.example/\0",
        "https://gym.example/\x1b[0m", " javascript:alert(1)", "javascript://gym.example/%0Aalert(1)",
    )  # fmt: skip
    for value in wrong:
        yield f"not an http(s) URL: {value!r}", value


def _days() -> Values:
    yield from _not_text()
    wrong = (
        "", " ", "Mon", "Montag", "Mondays", "Funday", "0", "Mon day", "Monday,Tuesday", "Monday\0", "Mon\nday",
    )  # fmt: skip
    for value in wrong:
        yield f"not a day: {value!r}", value


def _hours() -> Values:
    wrong: tuple[Any, ...] = (
        "", " ", "9am", "noon", "2400", 2400, "24:00", "0960", 960, "09:60", 2360, -100, "-900", "12345", 12345, 900.5,
        "900.5", "09.00", "9:0:0:0", ":", "09:", ":00", "ab:cd", "0x90", "1e2", 10**40, 2**63, "9" * 5_000, True, False,
        [], [900], {}, {"hour": 900}, "900\0", "09\n00", "NaN", "Infinity",
    )  # fmt: skip
    for value in wrong:
        yield f"not an hour: {value!r}"[:60], value


def _dates() -> Values:
    """None of them is a date, whatever the weekday."""
    wrong: tuple[Any, ...] = (
        "", " ", "today", "Monday", "0", "2026", "2026-12", "2026-12-", "26-12-31", "2026-1-1", "2026-01-1", "20261231",
        "2026-W53-4", "2026-365", "31.12.2026", "31/12/2026", "12/31/2026", "2026/12/31", "2026.12.31", "2026-00-10",
        "2026-13-01", "2026-12-00", "2026-12-32", "2026-04-31", "2026-06-31", "2026-09-31", "2026-11-31", "2026-02-30",
        "2026-02-29", "2100-02-29", "1900-02-29", "0000-01-01", "0000-12-31", "10000-01-01", "-2026-12-31",
        "+2026-12-31", "+002026-12-31", "2026-12-31T00:00", "2026-12-31T00:00:00Z", "2026-12-31 00:00", "2026-12-31Z",
        "2026-12-31+01:00", "2026-12-31-08:00", "2026-12-31[UTC]", "2026-12-31 CET", "2026-12-31Europe/Berlin",
        "2026-12-31\0", "2026-12\n-31", "2026\u201012\u201031", "\u0662\u0660\u0662\u0666-12-31",
        "２０２６-12-31", "2026-12-31; drop table coaches", "9" * 5_000,
        0, 20261231, 1798675200, 1798675200000, -1, 1.5, 1e300, 2**63, True, False,
        [], ["2026-12-31"], [2026, 12, 31], {}, {"date": "2026-12-31"}, {"year": 2026, "month": 12, "day": 31},
    )  # fmt: skip
    for value in wrong:
        yield f"not a date: {value!r}"[:60], value


def _flags() -> Values:
    wrong: tuple[Any, ...] = (
        None, "", " ", 0, 1, -1, 2, 1.0, 0.5, "true", "false", "True", "False", "TRUE", "yes", "no", "on", "off", "0",
        "1", "t", "f", "y", "n", "null", [], [True], {}, {"cancelled": True},
    )  # fmt: skip
    for value in wrong:
        yield f"neither true nor false: {value!r}", value


def _references(required: bool) -> Values:
    wrong: tuple[Any, ...] = (
        0, True, False, "abc", [], [1], [{"id": 1}], {}, {"name": "Someone"}, {"ID": 1}, 1.5, [[]],
    )  # fmt: skip
    for value in (*wrong, *(("",) if required else ())):
        yield f"not a reference: {value!r}", value
    for value in (*bad_ids(required),):
        yield f"no such id: {value!r}", {"id": value}


def bad_ids(required: bool) -> tuple[Any, ...]:
    """What is the id of no record; where none is required, blank means that there is none."""
    return (None, "", *BAD_IDS) if required else tuple(value for value in BAD_IDS if value != " ")


def _lists_of_references() -> Values:
    wrong: tuple[Any, ...] = (
        [], {}, {"id": 1}, "", "abc", 0, 5, True, False, 1.5, [None], [{}], [[]], [""], ["abc"], [True],
        [{"name": "x"}],
    )  # fmt: skip
    for value in wrong:
        yield f"not a list of references: {value!r}", value
    for value in (None, "", *BAD_IDS):
        yield f"no such id in the list: {value!r}", [{"id": value}]
    yield "a thousand that do not exist", [{"id": 999_999_999}] * 1_000
