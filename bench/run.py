"""Measures our server beside its peers and says which targets are met.

python -m bench.run [--quick] [--only NAME ...]
"""

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path

from bench.build import BENCH, BUILD, BenchError, build_generator
from bench.outcome import QUICK, Finding, Outcome, Pace
from bench.report import findings_table, lanes_table, write_results
from bench.scenarios import SCENARIOS


def _say(text: str) -> None:
    print(text, end="", file=sys.stderr, flush=True)


def _measure(name: str, pace: Pace) -> Outcome:
    """Databases go to the project's own disk: /tmp may be memory, where fsync costs nothing."""
    with tempfile.TemporaryDirectory(prefix=f"{name}-", dir=BUILD) as folder:
        return SCENARIOS[name](Path(folder), pace, _say)


def _measure_all(names: list[str], pace: Pace) -> tuple[dict[str, Outcome], int]:
    outcomes: dict[str, Outcome] = {}
    broken = 0
    for name in names:
        started = time.monotonic()
        _say(f"{name} ")
        try:
            outcomes[name] = _measure(name, pace)
        except BenchError as error:
            broken += 1
            _say(f" not measured: {error}\n")
            continue
        _say(f" {time.monotonic() - started:.0f} s\n")
        print(f"\n{name}: {SCENARIOS[name].__doc__}\n{lanes_table(outcomes[name].lanes)}\n")
    return outcomes, broken


def _end(*_: object) -> None:
    """On SIGTERM leave as on Ctrl-C, so that the servers are stopped too."""
    sys.exit(128 + signal.SIGTERM)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few minutes, noisier figures")
    parser.add_argument("--only", nargs="+", choices=SCENARIOS, metavar="NAME", help=", ".join(SCENARIOS))
    return parser.parse_args()


def main() -> int:
    """0: all targets measured are met. 1: one is missed. 2: something could not be measured."""
    arguments = _arguments()
    signal.signal(signal.SIGTERM, _end)
    BUILD.mkdir(exist_ok=True)
    try:
        build_generator()
    except BenchError as error:
        _say(f"{error}\n")
        return 2
    names = arguments.only or list(SCENARIOS)
    outcomes, broken = _measure_all(names, QUICK if arguments.quick else Pace())
    findings: list[Finding] = [f for outcome in outcomes.values() for f in outcome.findings]
    if findings:
        print(findings_table(findings))
        path = BENCH / "results" / time.strftime("%Y%m%d-%H%M%S.json")
        write_results(path, outcomes, arguments.quick)
        print(f"\nAll figures: bench/results/{path.name}")
    if broken:
        return 2
    return 1 if any(finding.met is False for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
