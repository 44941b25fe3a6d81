"""What a column of each kind takes, what it shows of that, and what it refuses, if its resource says nothing itself."""

from typing import Any

from tests.support.gym import Gym

MISSING = "Please fill this in."
CONTROL = "Must not contain control characters."
UNSENDABLE = "Must not contain half characters, or whole numbers of over 64 bits."
NO_PRICE = "Must be a number from -9999999999999.99 to 9999999999999.99, with at most 2 decimals."
NO_DEPTH = "Must be a number from -99.999 to 99.999, with at most 3 decimals."

# Of each field: what may be sent and what is shown of it, and what is refused and why.
ACCEPTED: dict[str, list[tuple[Any, Any]]] = {
    "label": [
        *[("A", "A"), (" A b ", "A b"), ("e\u0301", "é"), ("Zoë 🏋" * 4, "Zoë 🏋" * 4), ("0", "0"), ("null", "null")],
        *[(None, ""), ("", ""), (" \u2003", "")],
    ],
    "motto": [("A", "A"), ("", ""), (None, "")],
    "notes": [("One.\n\tTwo.", "One.\n\tTwo."), ("long " * 4000 + "end", "long " * 4000 + "end"), (None, ""), ("", "")],
    "size": [("S", "S"), ("L", "L"), (None, None), ("", None)],
    "floor": [(0, 0), (1, 1), (None, None), (" ", None)],
    "wing": [("east", "east"), (None, None), ("", None)],
    "free": [(True, True), (False, False), (None, None)],
    "broken": [(True, True), (False, False)],
    "price": [
        *[(12.5, 12.5), ("12.50", 12.5), (" -0.01 ", -0.01), (3, 3), (0.1, 0.1), (1e3, 1000), ("-0", 0), (-0.0, 0)],
        *[(9999999999999.99, 9999999999999.99), ("-9999999999999.98", -9999999999999.98), ("1.000", 1)],
        *[(None, None), ("", None), (" ", None)],
    ],
    "depth": [("0.125", 0.125), (99.999, 99.999)],
    "weight": [(0.1, 0.1), (3, 3), ("2.5", 2.5), (-0.0, 0), (1e300, 1e300), (None, None), ("", None)],
    "keys": [(0, 0), ("7", 7), (-(2**31) + 1, -(2**31) + 1), (2**31 - 1, 2**31 - 1)],
    "hooks": [(32767, 32767), (None, None), ("", None)],
    "since": [(day, day) for day in ("2026-11-25", "0001-01-01", "9999-12-31", "2024-02-29")]
    + [(" 2026-11-25 ", "2026-11-25"), (None, None), ("", None), (" ", None)],
    "until": [("2026-11-25", "2026-11-25")],
    "opens": [
        ("08:30", "08:30:00"),
        ("08:30:15", "08:30:15"),
        ("08:30:15.5", "08:30:15.500000"),
        ("00:00", "00:00:00"),
        *[(None, None), ("", None), (" ", None)],
    ],
    "closes": [("22:00", "22:00:00")],
    "cleaned": [
        ("2026-11-25T08:30", "2026-11-25T08:30:00"),
        ("2026-11-25 08:30:15.5", "2026-11-25T08:30:15.500000"),
        *[(None, None), ("", None)],
    ],
    "opened": [
        ("2026-11-25T08:30:00Z", "2026-11-25T08:30:00+00:00"),
        ("2026-11-25T08:30:00+02:00", "2026-11-25T06:30:00+00:00"),
        ("2026-11-25T23:30:15.000001-05:30", "2026-11-26T05:00:15.000001+00:00"),
        *[(None, None), ("", None)],
    ],
    "checked": [("2026-11-25T08:30:00Z", "2026-11-25T08:30:00+00:00")],
    "contents": [
        *[
            (value, value)
            for value in ({}, [], "", "text\n", 0, 1.5, True, {"b": [1, {"a": None}], "a": "Zoë 🏋"}, None)
        ],
        *[("\\u0000", "\\u0000"), (2**63 - 1, 2**63 - 1), (-0.0, 0), ({"list": [1e300]}, {"list": [1e300]})],
    ],
    "extras": [(value, value) for value in ({"longer": 1, "b": 2}, [1e300, 1e20], [True, 1, 1.5], False, 0, "")],
}
REFUSED: dict[str, list[tuple[Any, Any]]] = {
    "name": [("", MISSING), (" ", MISSING), (None, MISSING), (5, "Must be text."), (["a"], "Must be text.")],
    "label": [
        *[("x" * 21, "Must have at most 20 characters."), ("a\nb", CONTROL), ("\0", CONTROL), ("\ud800", CONTROL)],
        *[(value, "Must be text.") for value in (1, True, {}, [])],
    ],
    "notes": [("\0", CONTROL), ("\ud800", CONTROL), (1, "Must be text.")],
    "size": [(value, "Must be one of: S, L.") for value in ("SMALL", "s", "M", 1, True, [], {}, ["S"])],
    "floor": [(value, "Must be one of: 0, 1.") for value in (True, False, "FIRST", 2, 0.0, [1])],
    "wing": [
        ("East", "Must be one of: east, west."),
        ("the east", "Must be one of: east, west."),
        (1, "Must be text."),
    ],
    "free": [(value, "Must be true or false.") for value in ("on", "yes", "true", "", 1, 0, 1.0, [], {})],
    "broken": [(None, MISSING), (1, "Must be true or false.")],
    "price": [
        *[(value, NO_PRICE) for value in (1e13, "10000000000000", -1e13, 0.001, "0.005", 0.1 + 0.2, 1e300, 10**18)],
        *[(value, "Must be a number.") for value in ("NaN", "Infinity", "1e3", "1,5", "1_000", "٣", True, [], {})],
    ],
    "depth": [(100, NO_DEPTH), ("0.1234", NO_DEPTH), ("", MISSING), (" ", MISSING), (None, MISSING)],
    "weight": [(value, "Must be a number.") for value in ("NaN", "inf", "1e400", "1_000", "٣", True, [], {})],
    "keys": [("", MISSING), (" ", MISSING), (None, MISSING)]
    + [(value, "Must be a whole number.") for value in (1.5, True, "x", 2**31, -(2**31), 1e300, [])],
    "hooks": [(value, "Must be a whole number from -32768 to 32767.") for value in (32768, -32769)],
    "since": [
        (value, "Must be a date such as 2026-12-31.")
        for value in ("2026-02-30", "25.11.2026", "2026-1-1", "20261125", "2026-W48-3", "2026-11-25T00:00", 5, True, [])
    ],
    "until": [("", MISSING), (" ", MISSING), (None, MISSING)],
    "opens": [
        (value, "Must be a time of day such as 18:30.")
        for value in ("25:00", "8:30", "0830", "08", "08:30Z", "08:30+02:00", "T08:30", 830, True, {})
    ],
    "closes": [("", MISSING), (None, MISSING)],
    "cleaned": [
        (value, "Must be a date and a time such as 2026-12-31T18:30.")
        for value in ("2026-11-25T08:30Z", "2026-11-25T08:30+02:00", "2026-11-25T25:00", "2026-11-25", 0, [])
    ],
    "opened": [
        (value, "Must be a date and a time with its zone, such as 2026-12-31T18:30:00Z.")
        for value in ("2026-11-25T08:30", "2026-11-25", "0001-01-01T00:00+02:00", "9999-12-31T23:00-02:00", 0, True, {})
    ],
    "checked": [("", MISSING), (None, MISSING)],
    **{
        field: [
            *[
                (value, UNSENDABLE)
                for value in ("\ud800", ["\udfff"], {"a": ["\ud83d"]}, {"\ud800": 1}, [10**400, "\ud800"], 2**63)
            ],
            *[(value, "Must not contain the character 0.") for value in ("\0", {"a": ["\\\0"]}, {"\0": 1})],
        ]
        for field in ("contents", "extras")
    },
}


def new_locker(gym: Gym, **fields: Any) -> dict[str, Any]:
    """A locker as its ack shows it."""
    locker: dict[str, Any] = gym.client.ok("new_locker", {"name": "Locker", **fields})
    return locker
