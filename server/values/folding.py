"""Text without regard to case, the same in Python and in both databases: Unicode's full case folding, by character.

`str.casefold` is the definition: it folds each character by itself, whatever stands around it, in no language, and what
is folded is folded no further. So `STRASSE` is `straße` and both sigmas are one; `İ` is an i with a dot above, `ı` is
no `i`, and accents count. What is folded is not composed again. No database is asked what it takes for case, which
would depend on its version and locale.
"""

import sys
from array import array

# No character beyond has case.
_LAST, _BLOCK = 0x20000, 0x100
_UTF_32 = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


def folded(text: str | None) -> str | None:
    """The text in the one case that all its spellings have. SQLite has it as a function of this name."""
    return None if text is None else text.casefold()


def spellings(needle: str) -> dict[str, str]:
    """The characters that must be folded in a text, and what into, before the folded `needle` is looked for in it.

    All others may stay as they are: folded or not, none of them is a part of what is found.
    """
    return {
        spelled: spelled.casefold() for character in sorted(set(needle)) for spelled in _SPELLINGS.get(character, ())
    }


def _by_image() -> dict[str, str]:
    """Of each character the others that have it in their folded form."""
    found: dict[str, str] = {}
    every = array("I", range(_LAST)).tobytes().decode(_UTF_32, "surrogatepass")
    for start in range(0, _LAST, _BLOCK):
        block = every[start : start + _BLOCK]
        if block.casefold() == block:
            continue
        for character in block:
            if (image := character.casefold()) != character:
                for part in set(image):
                    found[part] = found.get(part, "") + character
    return found


# Made at once: it takes 10 ms, which no request should have to wait for.
_SPELLINGS = _by_image()
