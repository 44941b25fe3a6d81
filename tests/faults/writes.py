"""What clients write: requests made by chance, each text of its own, so that any effect shows whose it is."""

import itertools
import random
import uuid
from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
Known = Callable[[str], list[int]]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHANNELS = {
    "coach": "coaches",
    "exercise_move": "exercise_moves",
    "workout_plan": "workout_plans",
    "schedule": "schedules",
    "exception": "exceptions",
}
# Those that two clients edit at the same time: the first records of each channel.
_HOT = 3
# With more records than these in a channel, more are deleted.
_MANY = 30


class Writes:
    """The writes of one client, whose name is in every text of them."""

    def __init__(self, who: str, chance: random.Random, known: Known, rev: Callable[[str, int], int | None]) -> None:
        self._who, self._chance = who, chance
        self._known, self._rev = known, rev
        self._count = itertools.count(1)
        self.seqs: list[int] = []
        self._ops: list[str] = []
        # Whether all it does is to edit the first coach.
        self.is_hot = False

    def one(self, *, only_with_op: bool) -> tuple[str, Any, Row]:
        """An event, its data and its opts."""
        if self.is_hot and (known := self._known("coaches")):
            return "update_coach", {"id": known[0], "name": self.text()}, {}
        chance = self._chance
        opts: Row = {}
        if only_with_op or chance.random() < 0.7:
            opts["op"] = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        if self._ops and chance.random() < 0.04:
            # An op of another request: to be refused.
            return "new_exercise_move", self._new("exercise_move"), {"op": chance.choice(self._ops)}
        if "op" in opts:
            self._ops = [*self._ops[-20:], opts["op"]]
        kind = chance.random()
        if kind < 0.08 and self.seqs:
            return "undo", {"seq": chance.choice(self.seqs[-5:])}, opts
        if kind < 0.18:
            writes = [self._write() for _ in range(chance.randint(2, 6))]
            listed = [{"event": event, "data": data, **base} for event, data, base in writes]
            return "batch", {"writes": listed}, opts
        if kind < 0.21:
            return "new_coach", {"name": self.text(), "age": "old"}, opts
        if kind < 0.23:
            event, data, _ = self._write()
            return event, data, {"check": True}
        event, data, base = self._write()
        return event, data, {**opts, **base}

    def text(self) -> str:
        """Never the same twice."""
        return f"{self._who} {next(self._count)}"

    def _write(self) -> tuple[str, Any, Row]:
        chance = self._chance
        name = chance.choice(("coach", "coach", "exercise_move", "workout_plan", "schedule", "schedule", "exception"))
        channel = CHANNELS[name]
        known = self._known(channel)
        kind = chance.random()
        if len(known) < _HOT or (kind < 0.3 and len(known) < _MANY):
            data = self._new(name)
            if data is not None:
                return f"new_{name}", data, {}
            return "new_exercise_move", self._new("exercise_move"), {}
        number = chance.choice(known[:_HOT] if chance.random() < 0.5 else known)
        base = {"base": rev} if chance.random() < 0.5 and (rev := self._rev(channel, number)) else {}
        if kind > (0.88 if len(known) < _MANY else 0.6):
            return f"delete_{name}", {"id": number}, base
        return f"update_{name}", {"id": number, **self._edit(name)}, base

    def _new(self, name: str) -> Row | None:
        chance = self._chance
        match name:
            case "coach":
                return {"name": self.text(), "age": chance.randint(18, 99)}
            case "exercise_move":
                return {"name": self.text(), "focus": self.text(), "description": f"How to do {self.text()}."}
            case "workout_plan":
                moves = self._known("exercise_moves")
                if not moves:
                    return None
                listed = [{"id": chance.choice(moves), "sets": chance.randint(1, 9)} for _ in range(2)]
                text = self.text()
                return {"name": text, "difficulty": text, "description": f"For {text}.", "exercise_moves": listed}
            case "schedule":
                coaches, plans = self._known("coaches"), self._known("workout_plans")
                if not coaches or not plans:
                    return None
                return {
                    "day": chance.choice(DAYS),
                    "hour": f"{chance.randint(6, 21)}00",
                    "room": self.text(),
                    "coach_id": chance.choice(coaches),
                    "workout_plan_id": chance.choice(plans),
                }
            case _:
                date = f"20{chance.randint(27, 99)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
                return {"date": date, "cancelled": True, "note": self.text()}

    def _edit(self, name: str) -> Row:
        chance = self._chance
        text = self.text()
        match name:
            case "coach":
                return chance.choice(({"name": text}, {"age": chance.randint(18, 99)}, {"name": text, "age": 20}))
            case "exercise_move":
                return chance.choice(({"name": text}, {"focus": text}, {"description": f"How to do {text}."}))
            case "workout_plan":
                return chance.choice(({"name": text}, {"difficulty": text}))
            case "schedule":
                coaches = self._known("coaches")
                hour = f"{chance.randint(6, 21)}30"
                edits: list[Row] = [{"room": text}, {"hour": hour}, {"day": chance.choice(DAYS)}]
                if coaches:
                    edits.append({"coach_id": chance.choice(coaches)})
                return chance.choice(edits)
            case _:
                return {"note": text}
