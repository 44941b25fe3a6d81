"""Journal, tables and clients say the same in the end."""

from tests.faults.copies import ARRAYS
from tests.faults.history import History, Row, digest
from tests.faults.stored import Stored

Arrays = dict[str, list[Row]]


def journal_is_the_tables(stored: Stored) -> list[str]:
    """The journal, replayed with copies by rule, is what the tables say."""
    return _differences("the journal", stored.replayed(), stored.tables)


def copies_are_the_tables(history: History, stored: Stored) -> list[str]:
    """Each client has what it should have: all, the arrays, or its parts; at the newest seq."""
    found = []
    for who, copy in history.copies.items():
        wanted = stored.tables
        if copy["kind"] == "plain":
            wanted = {name: stored.tables[name] for name in ARRAYS}
        elif copy["parts"]:
            wanted = {part["channel"]: _part(stored.tables[part["channel"]], part["where"]) for part in copy["parts"]}
        if copy["kind"] != "plain" and (copy["cursor"] or {}).get("seq") != stored.seq:
            found.append(f"{who} ({copy['kind']}) is at {copy['cursor']}, not at {stored.seq}")
        has = {name: sorted(copy["channels"].get(name, ()), key=lambda row: row["id"]) for name in wanted}
        found += _differences(f"{who} ({copy['kind']})", has, wanted)
    return found


def _part(rows: list[Row], where: Row) -> list[Row]:
    """Those that a filter is true of, of those that the campaign's clients use."""
    for field, condition in where.items():
        if "in" in condition:
            rows = [row for row in rows if row[field] in condition["in"]]
        else:
            rows = [row for row in rows if row[field] < condition["lt"]]
    return rows


def _differences(who: str, has: Arrays, wanted: Arrays) -> list[str]:
    found = []
    for channel, rows in wanted.items():
        if digest(has.get(channel, [])) == digest(rows):
            continue
        mine = {row["id"]: row for row in has.get(channel, [])}
        theirs = {row["id"]: row for row in rows}
        for number in sorted(mine.keys() | theirs.keys()):
            if mine.get(number) != theirs.get(number):
                found.append(f"{who} has of {channel} {number} {mine.get(number)}, the tables {theirs.get(number)}")
    return found
