"""The key that signs tokens: the operator's, or one that is made once and kept in a file."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

_LEAST = 16
_CURE = f"at least {_LEAST} characters that nobody can guess"
_OTHERS, _OWNER_ONLY = 0o077, 0o600


def secret_key(text: str, path: Path) -> str:
    """The key `text`; if it is empty, the one in the file `path`, made at the first start so that tokens outlive it.

    Raises ValueError with the cure.
    """
    if text:
        if len(text) < _LEAST:
            raise ValueError(_CURE)
        return text
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_text(encoding="utf-8", errors="replace")
        if path.stat().st_mode & _OTHERS:
            with suppress(OSError):
                path.chmod(_OWNER_ONLY)
    except OSError as error:
        raise ValueError(f"{_CURE}, since one cannot be kept in {path} ({error.strerror})") from None
    if len(key.strip()) < _LEAST:
        raise ValueError(f"{_CURE}, or remove {path}, which holds fewer, and another is made")
    return key


def _make_key(path: Path) -> None:
    """Write a new key there, whole or not at all; a key that another process has written meanwhile stays."""
    path.parent.mkdir(exist_ok=True)
    number, draft = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)
