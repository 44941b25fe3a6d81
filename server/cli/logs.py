"""The format of log lines: text for people, or JSON for machines. Both have the fields of `extra`."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS, LogData, merge_record_extra
from pythonjsonlogger.json import JsonFormatter

_LONGEST = 200
_NAMES = {"asctime": "at", "levelname": "level", "name": "logger", "exc_info": "exception"}


def configure(level: str, format_name: str) -> None:
    """Log to standard error, by LOG_LEVEL and LOG_FORMAT."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if format_name == "json" else TextLines())
    logging.basicConfig(level=level, handlers=[handler])
    # Alembic and the socket libraries log every step, payloads included, at INFO.
    for name in ("alembic", "engineio", "socketio"):
        logging.getLogger(name).setLevel(logging.WARNING)


class TextLines(logging.Formatter):
    """`time level logger: message key=value ...`. Values are JSON, so that none can forge another line."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line without a traceback."""
        extra = "".join(f" {name}={json.dumps(value)}" for name, value in _extra(record).items())
        return super().formatMessage(record) + extra


class JsonLines(JsonFormatter):
    """One JSON object per line: `at` (UTC), `level`, `logger`, `message`, the extra fields, and `exception`."""

    def __init__(self) -> None:
        super().__init__(["asctime", "levelname", "name", "message"], rename_fields=_NAMES)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """ISO 8601 in UTC, to the millisecond."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def add_fields(self, log_data: LogData, record: logging.LogRecord, message_dict: LogData) -> None:
        """All fields of the line."""
        super().add_fields(log_data, record, message_dict)
        log_data.update(_extra(record))


def _extra(record: logging.LogRecord) -> dict[str, Any]:
    """The fields of `extra`. Text may come from a client: it is truncated."""
    extra = merge_record_extra(record, {}, RESERVED_ATTRS)
    return {name: _short(value) for name, value in extra.items()}


def _short(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
