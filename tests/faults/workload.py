"""A process of clients. Reads a plan from standard input, as JSON; then a command a line, which it answers by one:

ready        answered when each client was let in
end          write nothing new; answered when every write with an op is answered
mark TEXT    answered when each client has an exercise move of this name
tell         note what each client has, and leave
"""

import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

import orjson

from tests.faults.history import Notes
from tests.faults.player import PATIENCE, Player


class Workload:
    """The clients of one process, each on a thread of its own."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self._notes = Notes(Path(plan["history"]))
        self._seconds = plan["wait"]
        self._players = []
        for client in plan["clients"]:
            player = Player(
                client["who"],
                client["kind"],
                client["ports"],
                self._notes,
                plan["seed"],
                via=client.get("via", ""),
                pace=plan.get("pace", 0.03),
                patience=client.get("patience", PATIENCE),
            )
            player.token = client.get("token")
            player.only_one_row(client.get("hot", False))
            self._players.append(player)
        self._is_over = False
        # Clients that did what they must not.
        self._crashed: list[str] = []
        self._threads = [threading.Thread(target=self._play, args=(player,)) for player in self._players]

    def run(self) -> None:
        """Play until told to leave."""
        for thread in self._threads:
            thread.start()
        try:
            for line in sys.stdin:
                command, _, text = line.strip().partition(" ")
                print(self._obey(command, text), flush=True)
                if command == "tell":
                    return
        finally:
            self._is_over = True
            for thread in self._threads:
                thread.join()
            self._notes.flush()

    def _obey(self, command: str, text: str) -> str:
        match command:
            case "ready":
                return self._wait(lambda player: player.is_in)
            case "end":
                for player in self._players:
                    player.is_ending = True
                return self._wait(lambda player: player.is_done)
            case "mark":
                return self._wait(lambda player: player.is_done and player.copy.has(text))
            case "tell":
                self._is_over = True
                for thread in self._threads:
                    thread.join()
                for player in self._players:
                    player.tell()
                    player.close()
                self._notes.flush()
                return "told"
        return f"not a command: {command}"

    def _wait(self, condition: Any) -> str:
        until, late = time.monotonic() + self._seconds, []
        while time.monotonic() < until and not self._crashed:
            late = [player.who for player in self._players if not condition(player)]
            if not late:
                return "done"
            time.sleep(0.02)
        return "not " + " ".join(late) + " crashed: ".join(["", *self._crashed])

    def _play(self, player: Player) -> None:
        try:
            while not self._is_over:
                player.step()
        except Exception:
            traceback.print_exc()
            self._crashed.append(player.who)


if __name__ == "__main__":
    Workload(orjson.loads(sys.stdin.readline())).run()
