"""The fields of records: Marshmallow fields whose error texts can stand beside a form's input.

In: values as clients send them. Out: values for the database, and the same JSON of them from either database.
`RecordSchema` chooses the field of a column.
"""

from server.fields.blank import BlankIsNull as BlankIsNull
from server.fields.blank import is_blank as is_blank
from server.fields.choices import Choice as Choice
from server.fields.choices import OneOfTexts as OneOfTexts
from server.fields.choices import TrueOrFalse as TrueOrFalse
from server.fields.json import Json as Json
from server.fields.moments import Day as Day
from server.fields.moments import LocalMoment as LocalMoment
from server.fields.moments import Moment as Moment
from server.fields.moments import TimeOfDay as TimeOfDay
from server.fields.numbers import DecimalNumber as DecimalNumber
from server.fields.numbers import IntegerColumn as IntegerColumn
from server.fields.numbers import Number as Number
from server.fields.numbers import WholeNumber as WholeNumber
from server.fields.numbers import whole_number as whole_number
from server.fields.references import Placed as Placed
from server.fields.references import Reference as Reference
from server.fields.references import References as References
from server.fields.schema import RecordSchema as RecordSchema
from server.fields.shown import ShownInTables as ShownInTables
from server.fields.sort_keys import ByNumber as ByNumber
from server.fields.sort_keys import ByPlace as ByPlace
from server.fields.sort_keys import SortKey as SortKey
from server.fields.text import Paragraph as Paragraph
from server.fields.text import Password as Password
from server.fields.text import Text as Text
from server.fields.text import WebAddress as WebAddress
