"""Text as people type it: normal forms, invisible characters, and what is refused. All in linear time."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal
from unicodedata import category, combining, is_normalized, normalize

# Unicode's White_Space, and spaces of zero width.
_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u180e\u200b\u2060\ufeff"
)
# Unicode's Default_Ignorable_Code_Point, and letters and symbols that show nothing.
_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\u2800\ufff9-\ufffc\U0001d159]+"
)
# Blocks of emoji and Chinese characters: names have some that are newer than Python's tables.
_GROWING = ((0x1F000, 0x1FAFF), (0x20000, 0x3FFFD))
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_BUT_LINES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Embeddings, overrides and isolates change the direction of what follows the text, marks of what is beside them.
_DIRECTION_AFTER = re.compile("[\u202a-\u202e\u2066-\u2069]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SEPARATORS = re.compile("[\u2028\u2029]")

# How many characters one character of a normal form may have been written as, at most.
LONGEST_SPELLING = 4


def trimmed(text: str) -> str:
    """`text` without white space of any script at its ends."""
    return text.strip(_SPACE)


def normalized(text: str, form: Literal["NFC", "NFKC"] = "NFC") -> str:
    """`text` in a Unicode normal form: what looks the same is the same."""
    if is_normalized(form, text):
        return text
    # `normalize` sorts the marks of a letter by insertion: ten thousand of them take seconds.
    return normalize(form, "".join(_marks_in_order(text)))


def without_invisible(text: str) -> str:
    """`text` without the characters that show nothing; white space stays."""
    return _INVISIBLE.sub("", text)


def shows_something(text: str) -> bool:
    """Whether it has a visible character: not only marks, white space and joiners."""
    return any(_shows(character) and not _INVISIBLE.match(character) for character in text)


def is_clean(text: str) -> bool:
    """Whether `text` can be stored and sent in one line: no control characters, no lone surrogates."""
    return not _CONTROL.search(text)


def flaw(text: str, *, lines: bool = False) -> str | None:
    """What is wrong with the characters of `text`, in a sentence; None if nothing is. `lines`: it may have several."""
    if text.isascii() and text.isprintable():
        return None
    if (_CONTROL_BUT_LINES if lines else _CONTROL).search(text):
        return "Must not contain control characters."
    if (_DIRECTION_AFTER if lines else _DIRECTION).search(text):
        return "Must not contain characters that change the direction of text."
    if not lines and _SEPARATORS.search(text):
        return "Must be one line."
    return None


def _shows(character: str) -> bool:
    kind = category(character)
    return kind[0] in "LNPS" or (kind == "Cn" and any(first <= ord(character) <= last for first, last in _GROWING))


def _marks_in_order(text: str) -> Iterator[str]:
    for is_mark, run in groupby(text, lambda character: combining(character) > 0):
        characters = list(run)
        yield from sorted(characters, key=combining) if is_mark else characters
