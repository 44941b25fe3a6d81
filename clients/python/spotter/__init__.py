"""A client of Spotter on python-socketio: a live copy of a gym, and writes that happen once.

gym = Spotter("http://localhost:5555")
ann = gym.write("new_coach", {"name": "Ann Lee", "age": 30}).result()["data"]
gym.wait_until_complete()
gym.all("coaches")
"""

from spotter.client import NoAnswer, Refused, Spotter
from spotter.queue import Queue
from spotter.replica import Replica, Row, Verdict

__all__ = ["NoAnswer", "Queue", "Refused", "Replica", "Row", "Spotter", "Verdict"]
