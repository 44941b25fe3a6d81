"""Tokens and secrets as the server signs them, or as nobody should."""

import time

from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from tests.support.environment import DEFAULTS


def serializer(key: str = DEFAULTS["SECRET_KEY"], salt: str = "sign-in", age: float = 0) -> URLSafeTimedSerializer:
    """What signs as the server did `age` seconds ago."""

    class Earlier(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time() - age)

    return URLSafeTimedSerializer(key, salt=salt, signer=Earlier)
