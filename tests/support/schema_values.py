"""Values that a JSON Schema allows, of the keywords that /asyncapi.json uses.

hypothesis-jsonschema, which does this, does not work with the Hypothesis that the other tests use.
"""

from typing import Any

from hypothesis import strategies as st

Schema = dict[str, Any]
_LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
_MANY = 3


def values_of(schema: Schema) -> st.SearchStrategy[Any]:
    """A strategy for valid values. The schema must have no references."""
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            rest = {key: value for key, value in schema.items() if key != keyword}
            return st.one_of([values_of({**rest, **one}) for one in schema[keyword]])
    kinds = schema.get("type") or ("object" if "properties" in schema else None)
    if kinds is None:
        return _LEAVES
    return st.one_of([_of_kind(kind, schema) for kind in ([kinds] if isinstance(kinds, str) else kinds)])


def _of_kind(kind: str, schema: Schema) -> st.SearchStrategy[Any]:
    match kind:
        case "null":
            return st.none()
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(schema.get("minimum"), schema.get("maximum"))
        case "number":
            return st.floats(schema.get("minimum"), schema.get("maximum"), allow_nan=False, allow_infinity=False)
        case "string":
            if "pattern" in schema:
                return st.from_regex(schema["pattern"])
            low = schema.get("minLength", 0)
            return st.text(min_size=low, max_size=min(schema.get("maxLength", 40), low + 40))
        case "array":
            low = schema.get("minItems", 0)
            high = min(schema.get("maxItems", low + _MANY), low + _MANY)
            return st.lists(values_of(schema.get("items", {})), min_size=low, max_size=high)
    assert kind == "object", kind
    if schema.get("maxProperties") == 0:
        return st.just({})
    fields = {name: values_of(one) for name, one in schema.get("properties", {}).items()}
    needed = set(schema.get("required", ()))
    return st.fixed_dictionaries(
        {name: one for name, one in fields.items() if name in needed},
        optional={name: one for name, one in fields.items() if name not in needed},
    )
