"""A private calendar address is in no log, whatever goes wrong."""

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import Client

from server.http.feed import feed
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import unavailable

SECRET = "a-secret-that-nobody-may-read-in-a-log-file"


def _answer(error: Exception | None, epoch: str = "epoch", later: Exception | None = None) -> Any:
    """The answer when finding the owner fails, or making the calendar."""

    def fail(wrong: Exception | None) -> Any:
        if wrong is not None:
            raise wrong
        return Caller("")

    rights: Any = SimpleNamespace(may_read=lambda caller: True, view=lambda caller: None)
    app = Flask(__name__)
    parts: Any = (
        SimpleNamespace(epoch=epoch),
        SimpleNamespace(owner=lambda secret, address: fail(error)),
        SimpleNamespace(of_all=lambda view_of: fail(later)),
    )
    app.register_blueprint(feed(*parts, rights, lambda environ: "127.0.0.1"))
    return Client(app).get(f"/feed/{SECRET}/timetable.ics")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("SELECT", {}, Exception("away")), 503),
        (unavailable(), 503),
        (RuntimeError("a defect"), 500),
    ],
)
@pytest.mark.parametrize("later", [False, True])
def test_errors_name_no_address(error: Exception, status: int, later: bool, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = _answer(None, later=error) if later else _answer(error)
    assert answer.status_code == status
    assert SECRET not in caplog.text and SECRET not in answer.get_data(as_text=True)
    assert ("a defect" in caplog.text) is (status == 500)
    assert "defect" not in answer.get_data(as_text=True)


def test_before_the_data_is_known_there_is_no_calendar() -> None:
    assert _answer(None, epoch="").status_code == 503
