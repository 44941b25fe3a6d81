"""Error texts that several fields and schemas share, by Marshmallow's keys."""

from typing import Any

FILL_IN = "Please fill this in."
CHOOSE_ONE = "Please choose one."
# For a schema: of a key that it does not have, and of data that is no object.
OF_SCHEMAS = {"unknown": "There is no such field.", "type": "Must be an object."}


def missing(text: str = FILL_IN) -> dict[str, Any]:
    """For a field: `text` if a required value is absent or null."""
    return {"required": text, "null": text}
