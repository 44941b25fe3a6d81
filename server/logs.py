"""How a log line is written: as text for people, or as JSON for machines. Both have the fields that `extra` gave."""

import json
import logging
from datetime import UTC
from datetime import datetime
from typing import Any

_LONGEST = 200
# What the logging module itself puts on a record.
_KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def configure(level: str, format_name: str) -> None:
    """Write what is logged to standard error, as LOG_LEVEL and LOG_FORMAT say."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if format_name == "json" else TextLines())
    logging.basicConfig(level=level, handlers=[handler])
    # Alembic and the socket libraries log every step, payloads included, at INFO.
    for name in ("alembic", "engineio", "socketio"):
        logging.getLogger(name).setLevel(logging.WARNING)


class TextLines(logging.Formatter):
    """`time level logger: message key=value ...`. Values are written as JSON, so that none can pretend to be a line."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line without a traceback."""
        extra = "".join(f" {name}={json.dumps(value)}" for name, value in _extra(record).items())
        return super().formatMessage(record) + extra


class JsonLines(logging.Formatter):
    """One JSON object per line: `at` (UTC), `level`, `logger`, `message`, the extra fields, and `exception`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_extra(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


def _extra(record: logging.LogRecord) -> dict[str, Any]:
    """What the caller gave beside the message. Text may come from a client: it is cut to a length."""
    return {name: _short(value) for name, value in vars(record).items() if name not in _KNOWN}


def _short(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
