"""The records for other programs: tables for spreadsheets, the timetable for calendars. See docs/http.md."""

from collections.abc import Callable, Iterator
from itertools import chain

from flask import Blueprint, Response, abort, request
from sqlalchemy.exc import SQLAlchemyError

from server.http.answers import download, forbidden, line, unavailable
from server.http.calendars import Calendars
from server.http.csv_table import csv_lines
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Refusal
from server.realtime.queries.finder import Finder
from server.realtime.resource.resource import Resource
from server.realtime.resource.rights import Rights
from server.realtime.resource.view import View
from server.realtime.transport.address import AddressOf

_SIGN_IN = "Please sign in, and send the token that you get in the header `Authorization: Bearer <token>`.\n"
# Other greenlets run after so many lines: a large table takes longer than a request should wait.
_LINES_AT_ONCE = 200

# (the auth object of a connecting client, its address)
Identify = Callable[[object, str], Caller]


def exports(
    finder: Finder,
    calendars: Calendars,
    identify: Identify,
    rights: Rights,
    address_of: AddressOf,
) -> Blueprint:
    """The routes, for callers who may read.

    They answer from memory, but for the tokens, the calendar's dates, and the tables of channels that are not whole.
    """
    blueprint = Blueprint("exports", __name__)
    state = finder.state

    blueprint.register_error_handler(SQLAlchemyError, unavailable)
    blueprint.register_error_handler(Refusal, unavailable)

    @blueprint.before_request
    def check_rights() -> Response | None:
        if not state.epoch:
            # Nothing was read yet: an empty table would be wrong.
            return unavailable()
        return None if rights.may_read(anonymous()) or rights.may_read(caller()) else _unauthorized()

    def anonymous() -> Caller:
        return Caller(address_of(request.environ))

    def caller() -> Caller:
        """By the token that was sent."""
        sent = request.authorization
        if sent is None or sent.type != "bearer":
            return anonymous()
        return identify({"token": sent.token}, address_of(request.environ))

    def view_of(channel: str) -> View:
        """What the caller may read of the channel; aborts with the answer if that is nothing.

        The token is read only if that matters: the database may be away.
        """
        view = rights.view(anonymous())
        if view.limits(channel):
            signed_in = caller()
            view = rights.view(signed_in)
            if channel in view.hidden:
                abort(_unauthorized() if signed_in.role is None else forbidden())
        return view

    @blueprint.get("/export/<channel>.csv")
    def export(channel: str) -> Response:
        resource = Resource.registry.get(channel)
        if resource is None:
            return line(f"There is no such channel. There are: {', '.join(Resource.registry)}.\n", 404)
        view = view_of(channel)
        if resource.whole:
            chunks = iter([list(view.choose(channel, state.channels[channel].records))])
        else:
            chunks = _chunks(finder, channel, view)
        # An error of the first shows in the answer's status.
        records = (record for chunk in chain([next(chunks)], chunks) for _, record in chunk)
        return download(f"{channel}.csv", "text/csv", csv_lines(resource, records), _LINES_AT_ONCE)

    @blueprint.get("/timetable.ics")
    def calendar() -> Response:
        return calendars.of_all(view_of)

    @blueprint.get("/timetable/<coach>.ics")
    def calendar_of(coach: str) -> Response:
        """The classes that one coach gives."""
        return calendars.of_coach(coach, view_of)

    return blueprint


def _chunks(finder: Finder, channel: str, view: View) -> Iterator[list[tuple[int, bytes]]]:
    """The records of a channel that is not whole, few at a time, each as it is when it is read."""
    after: int | None = 0
    while after is not None:
        rows, after = finder.following(channel, after)
        yield list(view.choose(channel, {number: row.record for number, row in rows.items()}))


def _unauthorized() -> Response:
    return line(_SIGN_IN, 401, {"WWW-Authenticate": "Bearer"})
