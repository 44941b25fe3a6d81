"""The database at the end: the journal as rows, and the records as the tables have them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson
from spotter import Replica
from sqlalchemy import create_engine, text

from tests.faults.history import Row, digest
from tests.support.database_records import read_records

_HEAD = text("SELECT epoch, seq, oldest_delta_seq FROM journal_head")
_COMMITS = text("SELECT seq, at, event, actor, op, answer FROM journal_commits ORDER BY seq")
_CHANGES = text("SELECT seq, channel, record_id, record, before FROM journal_changes ORDER BY seq, place")


@dataclass
class Change:
    """One record's change: JSON before and after, None where there was or is none."""

    channel: str
    id: int
    record: Row | None
    before: Row | None


@dataclass
class Commit:
    """One commit of the journal."""

    seq: int
    event: str
    actor: str | None
    op: str | None
    changes: list[Change] = field(default_factory=list)


class Stored:
    """What is in the database. `whole_after`: from the commit after this one on the journal has every change."""

    def __init__(
        self,
        epoch: str,
        seq: int,
        whole_after: int,
        commits: dict[int, Commit],
        tables: dict[str, list[Row]],
        embeds: Row,
    ) -> None:
        self.epoch, self.seq, self.whole_after = epoch, seq, whole_after
        self.commits = commits
        self.tables = tables
        self.embeds = embeds
        self.ops = {commit.op: commit for commit in commits.values() if commit.op}

    @classmethod
    def read(cls, url: str, embeds: Row) -> "Stored":
        """Read it while no server writes."""
        engine = create_engine(url)
        try:
            with engine.connect() as connection:
                head = connection.execute(_HEAD).one()
                commits = {
                    row.seq: Commit(row.seq, row.event, row.actor, row.op) for row in connection.execute(_COMMITS)
                }
                for row in connection.execute(_CHANGES):
                    record, before = (text and orjson.loads(text) for text in (row.record, row.before))
                    commits[row.seq].changes.append(Change(row.channel, row.record_id, record, before))
        finally:
            engine.dispose()
        return cls(head.epoch, head.seq, head.oldest_delta_seq, commits, read_records(url), embeds)

    def own(self, channel: str, record: Row | None) -> Row | None:
        """A record without what is copied from others: of those the ids."""
        if record is None:
            return None
        kept = dict(record)
        for name, rule in self.embeds.get(channel, {}).items():
            if isinstance(kept.get(name), list):
                copied = set(rule["fields"]) - {"id"}
                kept[name] = [{key: value for key, value in one.items() if key not in copied} for one in kept[name]]
            elif kept.get(name):
                kept[name] = {"id": kept[name]["id"]}
        return kept

    def newest_between(self, after: int, upto: int) -> dict[tuple[str, int], tuple[int, Row | None]]:
        """The seq and own fields of the newest change of each record in these commits."""
        newest: dict[tuple[str, int], tuple[int, Row | None]] = {}
        for seq in range(after + 1, upto + 1):
            for change in self.commits[seq].changes if seq in self.commits else ():
                newest[change.channel, change.id] = (seq, self.own(change.channel, change.record))
        return newest

    def states(self) -> Iterator[tuple[int, Replica, set[str]]]:
        """After each commit: its seq, the state with copies by rule, and the channels whose arrays may be others."""
        replica = Replica(self.embeds)
        replica.channels = {channel: {} for channel in self.tables}
        for seq in sorted(self.commits):
            changes = [
                {
                    "channel": change.channel,
                    "type": "del" if change.record is None else "put",
                    "id": change.id,
                    "rev": seq,
                    "record": change.record,
                }
                for change in self.commits[seq].changes
            ]
            replica.cursor = {"epoch": "", "seq": seq - 1}
            replica.take_changes({"epoch": "", "prev": seq - 1, "seq": seq, "changes": changes})
            touched = {change["channel"] for change in changes}
            for _ in range(2):
                # The second time those with a copy in a copy.
                touched |= {
                    owner
                    for owner, rules in self.embeds.items()
                    if any(rule["channel"] in touched for rule in rules.values())
                }
            yield seq, replica, touched

    def replayed(self) -> dict[str, list[Row]]:
        """The journal from its beginning to its end, with copies by rule. Records that it copied before they were as
        they are now are brought up to date, as in a snapshot.
        """
        last = Replica(self.embeds)
        for _, replica, _ in self.states():
            last = replica
        for channel, rows in list(last.channels.items()):
            for _, record in list(rows.values()):
                last._follow(channel, record)
        return {channel: [record for _, (_, record) in sorted(rows.items())] for channel, rows in last.channels.items()}

    def array_hashes(self, names: tuple[str, ...]) -> dict[str, dict[str, list[int]]]:
        """By channel, the hashes of its array at each commit, and after which commits it was so."""
        found: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in names}
        current = {name: digest([]) for name in names}
        for name in names:
            found[name][current[name]].append(0)
        for seq, replica, touched in self.states():
            for name in names:
                if name in touched:
                    rows = replica.channels.get(name, {})
                    current[name] = digest([record for _, (_, record) in sorted(rows.items())])
                found[name][current[name]].append(seq)
        return found
