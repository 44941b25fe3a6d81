"""What is done to any text, before anything is known about it, takes time that grows with its length and no faster."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.values.text import flaw, normalized, shows_something, trimmed, without_invisible
from tests.support.timing import seconds

WORST = {
    "two kinds of white space in turn": "\u200b ",
    "white space": " ",
    "white space and a letter": " a",
    "marks in the wrong order": "\u0301\u0316",
    "marks on a letter, in the wrong order": "a\u0301\u0316\u0327",
    "letters to be composed": "\u1112\u1161\u11ab",
    "what shows nothing": "\u3164\u200d",
}
LENGTH = 100_000
# A busy machine takes longer than the work does; what is quadratic does so every time.
ROUNDS = 10


@pytest.mark.parametrize("unit", WORST.values(), ids=WORST)
@pytest.mark.parametrize(
    "function", [trimmed, normalized, shows_something, without_invisible, flaw, lambda text: normalized(text, "NFKC")]
)
def test_ten_times_the_text_takes_no_hundred_times_as_long(function: object, unit: str) -> None:
    text = unit * (LENGTH // len(unit))
    # What is sorted only once is sorted by letters, and then by marks.
    by_mark = "a" + "".join(sorted(text, key=unicodedata.combining, reverse=True)) + "a"
    for worst in (text, f"a{text}a", by_mark):
        short = long = float("inf")
        for _ in range(ROUNDS):
            short = min(short, seconds(lambda worst=worst: function(worst[: LENGTH // 10]), time.thread_time))
            long = min(long, seconds(lambda worst=worst: function(worst), time.thread_time))
            # Ten times is linear, a hundred times quadratic; what takes no time at all is not measured.
            if long < 30 * max(short, 0.0002):
                break
        else:
            pytest.fail(f"{short:.4f} s, then {long:.4f} s")


@given(st.text())
def test_a_normal_form_is_the_librarys(text: str) -> None:
    assert normalized(text) == unicodedata.normalize("NFC", text)
    assert normalized(text, "NFKC") == unicodedata.normalize("NFKC", text)


@given(st.text(alphabet="a\u00e9\u0301\u0316\u0327\u0344\u1112\u1161\u11ab", max_size=40))
def test_so_it_is_of_marks(text: str) -> None:
    assert normalized(text) == unicodedata.normalize("NFC", text)


@given(st.text())
def test_trimming_leaves_no_white_space(text: str) -> None:
    left = trimmed(text)
    assert left in text
    assert not any(left.startswith(space) or left.endswith(space) for space in (*" \t\n\u3000\u2028\u00a0\u200b",))


@pytest.mark.parametrize("text", ["a", "7", "!", "\u20ac", "李", "\U0001fae8", "\u200da\u200d", "e\u0301"])
def test_it_shows(text: str) -> None:
    assert shows_something(text)
