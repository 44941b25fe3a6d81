"""Whether two values of a field are the same: an embedded record is compared by its id, never by its copy."""

from collections.abc import Mapping
from typing import Any

from server.fields import Text
from server.realtime.protocol.json import same
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource


def comparable(resource: Resource, field: str, sent: Any) -> Any:
    """What is compared of a field as it is sent."""
    if sent is None:
        return "" if isinstance(resource.schema.dump_fields[field], Text) else None
    if field in resource.ones:
        return sent["id"]
    return resource.lists[field].comparable_copies(sent) if field in resource.lists else sent


def comparable_input(resource: Resource, field: str, value: Any, record: Mapping[str, Any]) -> Any:
    """What is compared of a value, as `load` gives it, that is to be written to the record."""
    if field in resource.ones:
        return value
    if (relation := resource.lists.get(field)) is not None:
        return relation.comparable_places(relation.complete(value, dict(record)))
    return resource.schema.dump_fields[field].serialize(field, {field: value})


def is_edit(resource: Resource, field: str, value: object, record: Record) -> bool:
    """Whether writing the value, as `load` gives it, would change the field of the record."""
    return field not in record or not same(
        comparable_input(resource, field, value, record), comparable(resource, field, record[field])
    )


def differs(resource: Resource, field: str, one: Record, other: Record) -> bool:
    """Whether the field, which both records have, differs."""
    return not same(comparable(resource, field, one[field]), comparable(resource, field, other[field]))


def is_copied(resource: Resource, field: str, one: Record, other: Record) -> bool:
    """Whether the field refers to the same records in both; their copies may differ."""
    if field not in one or field not in other or not (field in resource.ones or field in resource.lists):
        return False
    return not differs(resource, field, one, other)
