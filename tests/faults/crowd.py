"""The clients of a run, in processes of their own, and what the campaign says to them."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.environment import ROOT

# Of twenty: eight synced, six plain, six that subscribed.
MIX = ("synced", "plain", "parts", "synced", "plain", "synced", "parts")

# At most so many of either: a short run has fewer.
most_processes, most_clients = 100, 1_000
# For how long they may take to come to rest, in seconds.
most_seconds = 90.0


class Crowd:
    """`clients` are what workload.Workload makes players of; each process has as many as the others."""

    def __init__(
        self, directory: Path, seed: str, clients: Sequence[dict[str, Any]], processes: int, pace: float = 0.03
    ) -> None:
        processes, clients = min(processes, most_processes), clients[:most_clients]
        self.paths: list[Path] = []
        self._processes: list[subprocess.Popen[str]] = []
        for index in range(processes):
            path = directory / f"history-{index}.jsonl"
            self.paths.append(path)
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.workload"],
                cwd=ROOT,
                env={"PYTHONPATH": f"{ROOT}:{ROOT / 'clients' / 'python'}", "PATH": "/usr/bin:/bin"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            plan = {
                "seed": seed,
                "history": str(path),
                "clients": clients[index::processes],
                "pace": pace,
                "wait": most_seconds,
            }
            self._write(process, json.dumps(plan))
            self._processes.append(process)

    @classmethod
    def of(
        cls, directory: Path, seed: str, ports: Sequence[int], count: int = 20, processes: int = 4, **options: Any
    ) -> "Crowd":
        """So many clients of all kinds, connecting to these ports."""
        clients = [{"who": f"c{index}", "kind": MIX[index % len(MIX)], "ports": list(ports)} for index in range(count)]
        return cls(directory, seed, clients, processes, **options)

    def say(self, command: str) -> list[str]:
        """Say it to all processes at once; their answers."""
        for process in self._processes:
            self._write(process, command)
        answers = []
        for process in self._processes:
            assert process.stdout is not None
            answers.append(process.stdout.readline().strip() or "died")
        return answers

    def stop_half(self) -> None:
        """Let the clients of half of the processes stand still, as laptops that are closed."""
        for process in self._processes[: (len(self._processes) + 1) // 2]:
            process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """After `stop`."""
        for process in self._processes:
            process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End what still runs."""
        for process in self._processes:
            if process.poll() is None:
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

    @staticmethod
    def _write(process: "subprocess.Popen[str]", line: str) -> None:
        assert process.stdin is not None
        process.stdin.write(line + "\n")
        process.stdin.flush()
