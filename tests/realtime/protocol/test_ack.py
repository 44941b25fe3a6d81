"""An ack as bytes: the same for the journal and for the client, whichever is encoded first."""

import orjson

from server.realtime.protocol.ack import Ack


def _ack() -> Ack:
    return Ack(data=b'{"id":7}', meta={"seq": 3}, extra={"token": "x"})


def test_it_is_the_same_after_the_journal_has_encoded_it() -> None:
    kept, fresh = _ack(), _ack()
    encoded = kept.encode(with_meta=True)
    assert orjson.loads(encoded) == {"ok": True, "token": "x", "data": {"id": 7}, "errors": {}, "meta": {"seq": 3}}
    assert b"".join(kept.parts(with_meta=True)) == b"".join(fresh.parts(with_meta=True)) == encoded
    assert b"".join(kept.parts(with_meta=False)) == b"".join(fresh.parts(with_meta=False))
    assert "meta" not in orjson.loads(kept.encode(with_meta=False))


def test_it_is_encoded_once() -> None:
    ack = _ack()
    assert ack.parts(with_meta=True)[1] == b'{"id":7}'
    encoded = ack.encode(with_meta=True)
    assert ack.parts(with_meta=True)[1] is encoded
