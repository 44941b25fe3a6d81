"""`batch`, for the generated description of the wire: what it takes follows from the events that it may hold."""

from collections.abc import Iterable

from server.realtime.gateway.event_types import TEXT, ClientEvent, Json, array_of, object_of, or_null, ref
from server.realtime.mutations import batch_payload


def batch(writes: Iterable[ClientEvent]) -> ClientEvent:
    """The event; `writes` are those that write a record."""
    held: list[Json] = []
    answers: list[Json] = []
    for write in writes:
        fields: dict[str, Json] = {"event": {"const": write.name}, "data": write.payload or {}}
        held.append(object_of(fields, {"base": or_null(ref("base"))}, closed=True))
        if write.data not in answers:
            answers.append(write.data)
    several = {**array_of({"anyOf": held}), "minItems": 1, "maxItems": batch_payload.MOST_WRITES}
    return ClientEvent(
        batch_payload.EVENT,
        "Do all of these writes in one commit, or none; `data` are their records, in order.",
        object_of({"writes": several}, closed=True),
        array_of(or_null({"anyOf": answers})),
        ref("op_opts"),
    )


def errors() -> Json:
    """Errors by field; those of a batch by the places of its writes."""
    by_place: Json = {"type": "object", "additionalProperties": ref("errors")}
    line: Json = {"type": "string", "description": "one line for a person"}
    return object_of({"errors": line}, {"writes": {"anyOf": [array_of(TEXT), by_place]}})
