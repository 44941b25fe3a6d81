"""Whether a value is as a JSON Schema says: the keywords that /asyncapi.json uses, and no others."""

import re
from typing import Any

_TYPES = {"object": dict, "array": list, "string": str, "number": int | float, "integer": int, "null": type(None)}
# What says nothing of a value that a test could check here.
_NOTES = {"description", "examples", "format", "writeOnly", "readOnly", "default"}


def resolve(document: dict[str, Any], reference: str) -> Any:
    """What `#/a/b` refers to. Raises KeyError."""
    assert reference.startswith("#/"), reference
    found: Any = document
    for part in reference[2:].split("/"):
        found = found[part]
    return found


def faults(document: dict[str, Any], schema: dict[str, Any], value: Any, path: str = "$") -> list[str]:
    """Where and how the value is not as the schema says; empty if it is."""
    if "$ref" in schema:
        assert schema.keys() == {"$ref"}, f"what stands beside a $ref is ignored: {schema}"
        return faults(document, resolve(document, schema["$ref"]), value, path)
    found = []
    for keyword, rule in schema.items():
        if keyword not in _NOTES and not _holds(document, keyword, rule, schema, value):
            found.append(f"{path}: {keyword} {str(rule)[:80]}, not {str(value)[:80]}")
    if isinstance(value, dict):
        properties, rest = schema.get("properties", {}), schema.get("additionalProperties", True)
        for key, inner in value.items():
            if key in properties:
                found += faults(document, properties[key], inner, f"{path}.{key}")
            elif rest is False:
                found.append(f"{path}: has {key}")
            elif isinstance(rest, dict):
                found += faults(document, rest, inner, f"{path}.{key}")
    if isinstance(value, list) and "items" in schema:
        found += [
            fault for i, one in enumerate(value) for fault in faults(document, schema["items"], one, f"{path}[{i}]")
        ]
    return found


def _holds(document: dict[str, Any], keyword: str, rule: Any, schema: dict[str, Any], value: Any) -> bool:
    match keyword:
        case "type":
            return any(_is(value, name) for name in ([rule] if isinstance(rule, str) else rule))
        case "enum":
            return value in rule
        case "const":
            return value == rule and type(value) is type(rule)
        case "required":
            return not isinstance(value, dict) or value.keys() >= set(rule)
        case "anyOf":
            return any(not faults(document, one, value) for one in rule)
        case "allOf":
            return all(not faults(document, one, value) for one in rule)
        case "oneOf":
            return sum(not faults(document, one, value) for one in rule) == 1
        case "minLength" | "minItems" | "minProperties":
            return not isinstance(value, str | list | dict) or len(value) >= rule
        case "maxLength" | "maxItems" | "maxProperties":
            return not isinstance(value, str | list | dict) or len(value) <= rule
        case "minimum":
            return not isinstance(value, int | float) or value >= rule
        case "maximum":
            return not isinstance(value, int | float) or value <= rule
        case "pattern":
            return not isinstance(value, str) or re.search(rule, value) is not None
        case "properties" | "additionalProperties" | "items":
            return True
    raise AssertionError(f"a keyword that this test does not know: {keyword}")


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return name != "boolean" and isinstance(value, _TYPES[name])
