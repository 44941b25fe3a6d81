"""The fields of records: Marshmallow fields whose error texts can stand beside a form's input.

In: values as clients send them. Out: values for the database, and the same JSON of them from either database.
`RecordSchema` chooses the field of a column.
"""

from server.fields.blank import BlankIsNull, is_blank
from server.fields.choices import Choice, OneOfTexts, TrueOrFalse
from server.fields.json import Json
from server.fields.moments import Day, LocalMoment, Moment, TimeOfDay
from server.fields.numbers import DecimalNumber, IntegerColumn, Number, WholeNumber, whole_number
from server.fields.references import Placed, Reference, References
from server.fields.schema import RecordSchema
from server.fields.shown import ShownInTables
from server.fields.sort_keys import ByNumber, ByPlace, SortKey
from server.fields.text import Paragraph, Password, Text, WebAddress

# All that a resource may need.
__all__ = [
    "BlankIsNull",
    "ByNumber",
    "ByPlace",
    "Choice",
    "Day",
    "DecimalNumber",
    "IntegerColumn",
    "Json",
    "LocalMoment",
    "Moment",
    "Number",
    "OneOfTexts",
    "Paragraph",
    "Password",
    "Placed",
    "RecordSchema",
    "Reference",
    "References",
    "ShownInTables",
    "SortKey",
    "Text",
    "TimeOfDay",
    "TrueOrFalse",
    "WebAddress",
    "WholeNumber",
    "is_blank",
    "whole_number",
]
