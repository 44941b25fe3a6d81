"""An account that tests make, and the list of all."""

from tests.support.gym import Record
from tests.support.socketio_client import PASSWORD, Client

TEMP = {"username": "temp", "role": "viewer", "password": PASSWORD}


def listed(client: Client) -> dict[str, Record]:
    """The accounts by username."""
    return {account["username"]: account for account in client.ok("accounts")}
