"""What SQLite and PostgreSQL are asked for differently: text by code point, text without case, JSON by content."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, String, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from server.values.folding import spellings


class by_code_point(FunctionElement[str]):
    """A text, to be compared by its code points."""

    inherit_cache = True
    type = String()


@compiles(by_code_point, "sqlite")
def _by_code_point_on_sqlite(element: by_code_point, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} COLLATE BINARY)"


@compiles(by_code_point, "postgresql")
def _by_code_point_on_postgresql(element: by_code_point, compiler: SQLCompiler, **options: Any) -> str:
    return f'({compiler.process(element.clauses, **options)} COLLATE "C")'


class position_of(FunctionElement[int]):
    """Where in a text the folded needle first is, without regard to case: from 1, and 0 if it is not."""

    # PostgreSQL's text of it differs from needle to needle.
    inherit_cache = False
    type = Integer()

    def __init__(self, text: ColumnElement[Any], needle: str) -> None:
        super().__init__(text, literal(needle, String))
        self.needle = needle


@compiles(position_of, "sqlite")
def _position_on_sqlite(element: position_of, compiler: SQLCompiler, **options: Any) -> str:
    text, needle = (compiler.process(clause, **options) for clause in element.clauses)
    return f"instr(folded({text}), {needle})"


@compiles(position_of, "postgresql")
def _position_on_postgresql(element: position_of, compiler: SQLCompiler, **options: Any) -> str:
    text, needle = (compiler.process(clause, **options) for clause in element.clauses)
    # Letters and marks alone, so nothing is to be escaped. As parameters they would be seven thousand at most.
    spelled = spellings(element.needle)
    single = {one: image for one, image in spelled.items() if len(image) == 1}
    several = {one: image for one, image in spelled.items() if len(image) > 1}
    text = "replace(" * len(several) + text + "".join(f", '{one}', '{image}')" for one, image in several.items())
    return f"strpos(translate({text}, '{''.join(single)}', '{''.join(single.values())}'), {needle})"


class json_content(FunctionElement[str]):
    """JSON, to be compared by its content; a null of SQL is one of JSON."""

    inherit_cache = True
    type = String()

    @classmethod
    def of(cls, column: ColumnElement[Any]) -> "json_content":
        """That of a column."""
        return cls(column)

    @classmethod
    def written(cls, text: str) -> "json_content":
        """That of a text of JSON."""
        return cls(literal(text, String))


@compiles(json_content, "sqlite")
def _json_content_on_sqlite(element: json_content, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_content({compiler.process(element.clauses, **options)})"


@compiles(json_content, "postgresql")
def _json_content_on_postgresql(element: json_content, compiler: SQLCompiler, **options: Any) -> str:
    return f"coalesce(CAST({compiler.process(element.clauses, **options)} AS JSONB), CAST('null' AS JSONB))"
