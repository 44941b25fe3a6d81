"""The audit is written after the answers, in order, and completely when the process ends."""

import logging
import subprocess
import sys
import time

import gevent
import pytest

from server.realtime.protocol import audit
from server.realtime.protocol.caller import Caller
from tests.support.environment import ROOT

ADA = Caller("192.0.2.1", username="ada", role="coach")
TELLS_AND_ENDS = """
import logging
from server.realtime.protocol import audit
from server.realtime.protocol.caller import Caller
logging.basicConfig(level="INFO")
for seq in range(3):
    audit.wrote(Caller("192.0.2.1"), "new_coach", seq, f"coaches {seq}")
"""


def test_what_is_told_is_written_when_others_had_their_turn(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, audit.logger.name):
        told = time.time()
        audit.wrote(ADA, "new_coach", 7, "coaches 1")
        audit.denied(ADA, "delete_coach", "forbidden", why="so")
        audit.turned_away("192.0.2.2", "too many")
        assert not caplog.records
        time.sleep(0.02)
        before = time.time()
        gevent.sleep(0)
        first, second, third = caplog.records
        assert [one.getMessage() for one in caplog.records] == ["wrote", "denied", "turned away"]
        assert first.__dict__.items() >= {"who": "ada", "role": "coach", "event": "new_coach", "seq": 7}.items()
        assert second.__dict__.items() >= {"code": "forbidden", "why": "so"}.items()
        assert (first.levelname, second.levelname, third.levelname) == ("INFO", "WARNING", "WARNING")
        assert told <= first.created <= third.created < before - 0.01, "the time is that of what happened"
        assert abs(first.msecs - first.created % 1 * 1000) < 1


def test_it_goes_on_after_a_pause(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, audit.logger.name):
        for seq in range(3):
            audit.wrote(ADA, "new_coach", seq, "coaches 1")
            gevent.sleep(0)
        assert [one.__dict__["seq"] for one in caplog.records] == [0, 1, 2]


def test_what_is_not_logged_is_not_kept(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, audit.logger.name):
        audit.wrote(ADA, "new_coach", 1, "coaches 1")
        gevent.sleep(0)
    assert not caplog.records


def test_a_process_that_ends_has_written_it() -> None:
    command = [sys.executable, "-c", TELLS_AND_ENDS]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert len(ended.stderr.splitlines()) == 3, ended.stderr
