"""What of a record's fields counts when two states of it are compared."""

from collections.abc import Mapping
from typing import Any

from server.fields import Text
from server.realtime.protocol.json import same
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource


def comparable(resource: Resource, field: str, shown: Any) -> Any:
    """What of a field as it is sent counts as its content: an embedded record counts by its id alone."""
    if shown is None:
        return "" if isinstance(resource.schema.dump_fields[field], Text) else None
    if field in resource.ones:
        return shown["id"]
    return resource.lists[field].comparable_copies(shown) if field in resource.lists else shown


def shown(resource: Resource, field: str, value: Any, record: Mapping[str, Any]) -> Any:
    """What counts of a value to be written over the record: what `comparable` gives once it is written."""
    if field in resource.ones:
        return value
    if (relation := resource.lists.get(field)) is not None:
        return relation.comparable_places(relation.complete(value, dict(record)))
    return resource.schema.dump_fields[field].serialize(field, {field: value})


def is_edit(resource: Resource, field: str, value: object, record: Record) -> bool:
    """Whether to write the value, as `Resource.load` gives it, would change the field of the record."""
    return field not in record or not same(
        shown(resource, field, value, record), comparable(resource, field, record[field])
    )


def differs(resource: Resource, field: str, one: Record, other: Record) -> bool:
    """Whether the field's content is not the same in both records, which have it."""
    return not same(comparable(resource, field, one[field]), comparable(resource, field, other[field]))


def is_copied(resource: Resource, field: str, one: Record, other: Record) -> bool:
    """Whether the field refers to the same records in both, whatever the copies of them say."""
    if field not in one or field not in other or not (field in resource.ones or field in resource.lists):
        return False
    return not differs(resource, field, one, other)
