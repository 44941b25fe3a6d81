"""The answer to a request, as bytes: `{"ok", "data", "errors"}`, and `meta` for clients that sent opts."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Any

import orjson

from server.realtime.errors import Errors
from server.realtime.errors import Refusal


@dataclass(slots=True)
class Ack:
    """One answer. `data` is encoded JSON; `extra` are keys that some events have beside the three."""

    ok: bool = True
    data: bytes = b"null"
    errors: Errors = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def refused(cls, refusal: Refusal) -> "Ack":
        """The answer to a request that changed nothing."""
        return cls(ok=False, errors=refusal.errors, meta=refusal.meta)

    def encode(self, with_meta: bool) -> bytes:
        """JSON of exactly `ok`, `data`, `errors`, the extra keys, and `meta` if it was asked for."""
        answer: dict[str, Any] = {
            "ok": self.ok,
            **self.extra,
            "data": orjson.Fragment(self.data),
            "errors": self.errors,
        }
        if with_meta:
            answer["meta"] = self.meta
        return orjson.dumps(answer, option=orjson.OPT_NON_STR_KEYS)
