"""`batch`: several writes, all of them done or none, in one commit."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from server.realtime.mutations.crud import Write, Written, create
from server.realtime.mutations.savepoint import nested, trial
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.errors import Code, Refusal, of_writes, too_large, unfit, write_name

logger = logging.getLogger("spotter.mutations")

# Of the records in an answer: a short write may be answered with a long record.
_MOST_ANSWER_BYTES = 10_000_000
# These are about the batch, whichever write met them.
_OF_ALL = (Code.TOO_LARGE, Code.UNAVAILABLE)

# Some writes, each with its place.
_Placed = list[tuple[int, Write]]


@dataclass(slots=True)
class Batch:
    """The writes by their places, in order, and the events that they came as.

    With `check` all are answered: `refused` has those that are known to be wrong, and the others are carried out as if
    these were not there.
    """

    writes: dict[int, Write]
    events: dict[int, str]
    check: bool
    refused: dict[int, Refusal] = field(default_factory=dict)

    def authorize(self, connection: Connection) -> None:
        """Refuse a batch with a write that the caller may not use, whatever there is to be written."""
        for place, write in self.writes.items():
            try:
                write.allow(None)
            except Refusal as refusal:
                raise self._of({place: refusal}) from refusal

    def apply(self, work: UnitOfWork) -> Ack:
        """Carry them out in order; the answer holds the record of each, as that write left it."""
        self._fetch(work)
        written, refused = self._checked(work) if self.check else (self._done(work), {})
        # What later ones took back was never there.
        work.writes.drop_unchanged()
        warnings = self._warnings(work, written)
        more = {"warnings": warnings} if warnings else {}
        if refused:
            raise self._of(refused, **more)
        if sum(len(one.row.record) for one in written.values()) > _MOST_ANSWER_BYTES:
            line = f"The records of this batch have more than {_MOST_ANSWER_BYTES // 1_000_000} MB, which is the most."
            raise too_large(line)
        data = b",".join(self.writes[place].shown(work, one.row) for place, one in written.items())
        return Ack(data=b"[%b]" % data, meta={"revs": self._revs(work, written), **more})

    def _fetch(self, work: UnitOfWork) -> None:
        """Read the records that are to be changed, a channel at a time, where they are not in memory."""
        numbers: dict[str, list[int]] = {}
        for write in self.writes.values():
            if write.action != "new":
                numbers.setdefault(write.resource.channel, []).append(write.number)
        for channel, some in numbers.items():
            work.writes.fetch(channel, some)

    def _done(self, work: UnitOfWork) -> dict[int, Written]:
        """What all of them wrote; the first that is refused ends it."""
        written: dict[int, Written] = {}
        for run in self._runs():
            if len(run) > 1 and (together := _created_together(work, run)):
                written |= together
                continue
            for place, write in run:
                try:
                    written[place] = _written(work, write, self.events[place])
                except Refusal as refusal:
                    if _is_of_all(refusal):
                        raise
                    raise self._of({place: refusal}) from refusal
        return written

    def _checked(self, work: UnitOfWork) -> tuple[dict[int, Written], dict[int, Refusal]]:
        """What those wrote that can be done, and why the others cannot."""
        if not self.refused:
            try:
                with trial(work) as draft:
                    return self._done(draft), {}
            except Refusal as refusal:
                if _is_of_all(refusal):
                    raise
        written: dict[int, Written] = {}
        refused = dict(self.refused)
        for place, write in self.writes.items():
            try:
                with trial(work) as draft:
                    written[place] = _written(draft, write, self.events[place])
            except Refusal as refusal:
                if _is_of_all(refusal):
                    raise
                refused[place] = refusal
        return written, refused

    def _runs(self) -> Iterator[_Placed]:
        """The writes in order: neighbours that make records of one resource, with the same fields, together."""

        def kind(placed: tuple[int, Write]) -> object:
            place, write = placed
            return (write.resource.channel, *write.values) if write.action == "new" else place

        for _, run in groupby(self.writes.items(), kind):
            yield list(run)

    def _warnings(self, work: UnitOfWork, written: dict[int, Written]) -> list[str]:
        """What a person should know of the records as all writes left them, each once, by the last that wrote it."""
        last = {(self.writes[place].resource.channel, one.number): place for place, one in written.items()}
        return [
            f"{write_name(place, self.events[place])}: {line}"
            for (_, number), place in sorted(last.items(), key=lambda item: item[1])
            for line in self.writes[place].warnings(work, number)
        ]

    def _revs(self, work: UnitOfWork, written: dict[int, Written]) -> list[int]:
        """The revs of the records, in the order of the writes; of those that are gone that of the commit."""
        rows = (work.writes.row(self.writes[place].resource.channel, one.number) for place, one in written.items())
        return [work.seq if row is None else row.rev for row in rows]

    def _of(self, refused: dict[int, Refusal], **more: object) -> Refusal:
        return of_writes({place: (self.events[place], refusal) for place, refusal in refused.items()}, **more)


def _created_together(work: UnitOfWork, run: _Placed) -> dict[int, Written]:
    """What these wrote, in one statement. Nothing if one of them is wrong: which, shows when they are done by turns."""
    writes = [write for _, write in run]
    try:
        with nested(work.connection):
            for write in writes:
                write.allow(work.connection)
            # Nothing of them is in the unit of work until all are written.
            return dict(zip((place for place, _ in run), create(work, writes), strict=True))
    except IntegrityError:
        return {}
    except Refusal as refusal:
        if _is_of_all(refusal):
            raise
        return {}


def _written(work: UnitOfWork, write: Write, event: str) -> Written:
    """What one write wrote, as if it had come alone."""
    # Also where nothing is changed it takes time.
    work.announce(0)
    write.allow(work.connection)
    try:
        return write.write(work)
    except IntegrityError as error:
        logger.warning("a constraint refused %s in a batch", event, exc_info=True)
        raise unfit() from error


def _is_of_all(refusal: Refusal) -> bool:
    return refusal.code in _OF_ALL
