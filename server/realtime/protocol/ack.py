"""The answer to a request, as bytes: `{"ok", "data", "errors"}`, and `meta` for clients that sent opts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from server.realtime.protocol.errors import Errors, Refusal
from server.realtime.protocol.json import encode


@dataclass(slots=True)
class Ack:
    """One answer, not to be changed once it was encoded with its meta: the journal may have it.

    `data` is encoded JSON; `extra` are keys that some events have beside the three.
    """

    ok: bool = True
    data: bytes = b"null"
    errors: Errors = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    _encoded: bytes = field(default=b"", init=False, compare=False)

    @classmethod
    def refused(cls, refusal: Refusal) -> "Ack":
        """The answer to a request that changed nothing."""
        return cls(ok=False, errors=refusal.errors, meta=refusal.meta)

    def parts(self, with_meta: bool) -> tuple[bytes, bytes, bytes]:
        """Its JSON, in three parts: the second is the data, which may be large and the same for many, or all of it."""
        if with_meta and self._encoded:
            return b"", self._encoded, b""
        extra = b"".join(b',"%b":%b' % (key.encode(), orjson.dumps(value)) for key, value in self.extra.items())
        meta = b',"meta":' + orjson.dumps(self.meta) if with_meta else b""
        errors = encode(self.errors) if self.errors else b"{}"
        return (
            b'{"ok":%b%b,"data":' % (b"true" if self.ok else b"false", extra),
            self.data,
            b',"errors":%b%b}' % (errors, meta),
        )

    def encode(self, with_meta: bool) -> bytes:
        """Its JSON in one piece. With the meta it is kept: it is encoded once for the journal and the client."""
        encoded = b"".join(self.parts(with_meta))
        if with_meta:
            self._encoded = encoded
        return encoded
