"""How long it took until all was well again after each harm, from the history alone."""

from collections import defaultdict

from tests.faults.history import History


def seconds_to_converge(history: History) -> dict[str, list[float]]:
    """By kind of harm: from its end until each client that keeps a cursor had all that was acked before that end.

    One during which another was done, or after which the next one began before that, says nothing, and is left out.
    """
    progress: dict[str, list[tuple[int, int]]] = defaultdict(list)
    acked: list[tuple[int, int]] = []
    kinds = {}
    for link in history.links.values():
        kinds[link.who] = link.kind
        for line in link.lines:
            if line["what"] == "ack":
                ack = line["ack"]
                if not ack["ok"]:
                    continue
                if seq := ack.get("meta", {}).get("seq"):
                    acked.append((line["at"], seq))
                if isinstance(ack["data"], dict) and "mode" in ack["data"]:
                    progress[link.who].append((line["at"], ack["data"]["seq"]))
            elif line["what"] == "event" and line["name"] in ("sync", "changes"):
                progress[link.who].append((line["at"], line["args"][0]["seq"]))
    took: dict[str, list[float]] = defaultdict(list)
    doing = 0
    for fault in history.faults:
        doing += 1 if fault["phase"] == "begin" else -1
        if fault["phase"] != "end" or doing:
            continue
        at = fault["at"]
        newest = max((seq for when, seq in acked if when <= at), default=0)
        ends = []
        for who, steps in progress.items():
            if kinds[who] == "plain":
                continue
            ends.append(min((when for when, seq in steps if when >= at and seq >= newest), default=history.end))
        next_harm = min((other["at"] for other in history.faults if other["at"] > at), default=history.end)
        if ends and max(ends) <= next_harm:
            took[fault["kind"]].append((max(ends) - at) / 1e9)
    return dict(took)
