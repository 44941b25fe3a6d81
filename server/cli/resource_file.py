"""The file of a new resource, as `flask --app server new-resource` writes it. Pure."""

import keyword
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

# What an attribute of a model or a field of a schema may not be called.
_TAKEN = {
    "id",
    "errors",
    "metadata",
    "registry",
    "query",
    "query_class",
    "fields",
    "context",
    "opts",
    "exclude",
    "only",
    "many",
}
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST = 40


class Refused(Exception):
    """A name or a field that cannot be; the message says so to a person."""


class Kind(NamedTuple):
    """How a column of a kind is declared: its Python type, SQLAlchemy's, and where that comes from.

    `default` is what records have that are made without it; without one they have null.
    """

    python: str
    column: str = ""
    imports: tuple[str, ...] = ()
    default: str = ""


_EMPTY = 'server_default=""'
KINDS: Mapping[str, Kind] = {
    "text": Kind("str", "String(100)", ("from sqlalchemy import String",), _EMPTY),
    "paragraph": Kind("str", "Text", ("from sqlalchemy import Text",), _EMPTY),
    "address": Kind("str", "String(500)", ("from sqlalchemy import String",), _EMPTY),
    "whole": Kind("int"),
    "decimal": Kind("Decimal", "Numeric(12, 2)", ("from sqlalchemy import Numeric", "from decimal import Decimal")),
    "number": Kind("float"),
    # A word that both databases take, whichever the migration is made on.
    "yes_no": Kind("bool", "Boolean", ("from sqlalchemy import Boolean",), 'server_default=text("false")'),
    "date": Kind("datetime.date", "", ("import datetime",)),
    "time": Kind("datetime.time", "", ("import datetime",)),
    "moment": Kind(
        "datetime.datetime", "DateTime(timezone=True)", ("import datetime", "from sqlalchemy import DateTime")
    ),
}


class Field(NamedTuple):
    """One field: `kind` is one of KINDS, or the singular of the resource that it refers to."""

    name: str
    kind: str
    required: bool


class Target(NamedTuple):
    """What a field may refer to: the channel, its model, and the fields that are shown with it."""

    channel: str
    model: str
    shown: tuple[str, ...]


def plan(
    name: str, fields: Collection[str], plural: str | None, targets: Mapping[str, Target]
) -> tuple[str, list[Field]]:
    """The channel of a new resource, and its fields. Raises Refused for what cannot be, or is there already."""
    channel = plural or plural_of(name)
    check_name(name)
    check_name(channel)
    if name in targets or any(channel == target.channel for target in targets.values()):
        raise Refused(f"There is a resource {name!r}, or a channel {channel!r}, already.")
    if name == channel:
        raise Refused(f"Its channel needs another name than {name!r}: give it with --plural.")
    parsed = [parse(field, {*targets, name}) for field in fields]
    if len({field.name for field in parsed}) < len(parsed):
        raise Refused("Each field needs a name of its own.")
    return channel, parsed


def parse(text: str, targets: Collection[str]) -> Field:
    """A field as it is typed, `age:whole` or `coach:ref` or `trainer:coach?`. Raises Refused."""
    name, _, kind = text.partition(":")
    required = not kind.endswith("?")
    kind = kind.removesuffix("?")
    check_name(name)
    if name in _TAKEN:
        raise Refused(f"A field cannot be called {name!r}.")
    if kind == "ref":
        kind = name
    if kind not in {*KINDS, *targets}:
        known = ", ".join([*KINDS, "or what it refers to:", *sorted(targets)])
        raise Refused(f"{text!r}: write NAME:KIND, with a ? if it may be empty. The kinds are {known}.")
    return Field(name, kind, required)


def check_name(name: str) -> None:
    """Raises Refused if no column, event or class can be called so."""
    if not _NAME.fullmatch(name) or keyword.iskeyword(name) or len(name) > _LONGEST:
        raise Refused(f"{name!r} is no name: small letters, digits and _, at most {_LONGEST}, and no word of Python.")


def plural_of(name: str) -> str:
    """The usual plural of an English word."""
    if re.search(r"(s|x|z|ch|sh)$", name):
        return name + "es"
    return name[:-1] + "ies" if re.search(r"[^aeiou]y$", name) else name + "s"


def class_of(name: str) -> str:
    """`exercise_move` as a class: `ExerciseMove`."""
    return "".join(part.capitalize() for part in name.split("_"))


def source(name: str, channel: str, fields: Collection[Field], targets: Mapping[str, Target]) -> str:
    """The text of `server/resources/<channel>.py`."""
    model = class_of(name)
    refers = [field for field in fields if field.kind in targets or field.kind == name]
    own = Target(channel, model, ("id", "name") if any(field.name == "name" for field in fields) else ("id",))
    known = {**targets, name: own}
    lines = [f'"""{channel.replace("_", " ").capitalize()}."""', "", *_imports(fields, refers), "", ""]
    lines += [f"class {model}(db.Model):", f'    """One {name.replace("_", " ")}."""', ""]
    lines += [f'    __tablename__ = "{channel}"', "", "    id: Mapped[int] = mapped_column(primary_key=True)"]
    for field in fields:
        several = sum(field.kind == other.kind for other in refers) > 1 or field.kind == name
        lines += _reference(field, known[field.kind], name, several) if field in refers else [_column(field)]
    lines += ["", "", f"class {model}Schema(ma.SQLAlchemyAutoSchema):"]
    lines += ['    """Its fields follow from the columns."""', "", "    class Meta:", f"        model = {model}"]
    if refers or any(field.kind == "address" for field in fields):
        lines.append("")
    for field in fields:
        if field in refers:
            lines.append(_shown(field, known[field.kind]))
        elif field.kind == "address":
            lines.append(f"    {field.name} = WebAddress({'required=True' if field.required else ''})")
    lines += ["", "", f'resource = Resource("{name}", {model}, {model}Schema)', ""]
    return "\n".join(lines)


def _imports(fields: Collection[Field], refers: Collection[Field]) -> list[str]:
    """In the order of ruff: the standard library, others', ours."""
    kinds = [KINDS[field.kind] for field in fields if field.kind in KINDS and field not in refers]
    asked = {line for kind in kinds for line in kind.imports}
    columns = {line.removeprefix("from sqlalchemy import ") for line in asked if line.startswith("from sqlalchemy")}
    columns |= {"ForeignKey"} if refers else set()
    columns |= {"text"} if any(field.kind == "yes_no" and not field.required for field in fields) else set()
    ours = (["Reference"] if refers else []) + (
        ["WebAddress"] if any(field.kind == "address" for field in fields) else []
    )
    standard = sorted(line for line in asked if not line.startswith("from sqlalchemy"))
    orm = ", ".join(["Mapped", "mapped_column", *(["relationship"] if refers else [])])
    return [
        *sorted(standard, key=lambda line: not line.startswith("import")),
        *([""] if standard else []),
        *(
            [f"from sqlalchemy import {', '.join(sorted(columns, key=lambda each: (each.islower(), each)))}"]
            if columns
            else []
        ),
        f"from sqlalchemy.orm import {orm}",
        "",
        "from server.extensions import db, ma",
        *([f"from server.fields import {', '.join(ours)}"] if ours else []),
        "from server.realtime.resource.resource import Resource",
    ]


def _column(field: Field) -> str:
    kind = KINDS[field.kind]
    default = "" if field.required else kind.default
    python = kind.python if field.required or kind.default else f"{kind.python} | None"
    arguments = ", ".join(filter(None, [kind.column, default]))
    made = f" = mapped_column({arguments})" if arguments else ""
    return f"    {field.name}: Mapped[{python}]{made}"


def _reference(field: Field, target: Target, name: str, several: bool) -> list[str]:
    """`several`: by the target alone SQLAlchemy does not know which column is meant."""
    python = "int" if field.required else "int | None"
    which = f", foreign_keys=[{field.name}_id]" if several else ""
    itself = f', remote_side="{target.model}.id"' if field.kind == name else ""
    return [
        f'    {field.name}_id: Mapped[{python}] = mapped_column(ForeignKey("{target.channel}.id"), index=True)',
        f'    {field.name} = relationship("{target.model}"{which}{itself})',
    ]


def _shown(field: Field, target: Target) -> str:
    shown = ", ".join(f'"{each}"' for each in target.shown) + ("," if len(target.shown) == 1 else "")
    required = ", required=True" if field.required else ""
    return f'    {field.name} = Reference("{target.model}Schema", only=({shown}){required})'
