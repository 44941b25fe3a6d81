"""Private calendar addresses, for programs that cannot sign in: who has the address reads as its owner may."""

import logging

from flask import Blueprint, Response, abort, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from server.calendar.feeds import PATH, Feeds
from server.http.answers import forbidden, line, unavailable
from server.http.calendars import Calendars
from server.realtime.journal.state import State
from server.realtime.protocol.errors import Refusal
from server.realtime.resource.rights import Rights
from server.realtime.resource.view import View
from server.realtime.transport.address import AddressOf

logger = logging.getLogger("spotter.http")

_UNKNOWN = "There is no such calendar. Its owner may have a new address for it.\n"
_FAILED = "The calendar could not be made. The server's log has the reason.\n"


def feed(state: State, feeds: Feeds, calendars: Calendars, rights: Rights, address_of: AddressOf) -> Blueprint:
    """The routes. No address is logged: whoever reads it there could read the calendar."""
    blueprint = Blueprint("feed", __name__)
    blueprint.register_error_handler(SQLAlchemyError, unavailable)
    blueprint.register_error_handler(Refusal, unavailable)

    @blueprint.errorhandler(Exception)
    def failed(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException):
            return error
        # Flask would log the path.
        logger.error("a private calendar could not be made", exc_info=error)
        return line(_FAILED, 500)

    def view_of(secret: str) -> View:
        """What the owner of the address may read now; aborts with the answer if that is nothing."""
        if not state.epoch:
            abort(unavailable())
        caller = feeds.owner(secret, address_of(request.environ))
        if caller is None or not rights.may_read(caller):
            abort(line(_UNKNOWN, 404))
        return rights.view(caller)

    def readable(view: View, channel: str) -> View:
        if channel in view.hidden:
            abort(forbidden())
        return view

    @blueprint.get(f"{PATH}/<secret>/timetable.ics")
    def timetable(secret: str) -> Response:
        view = view_of(secret)
        return calendars.of_all(lambda channel: readable(view, channel))

    @blueprint.get(f"{PATH}/<secret>/timetable/<coach>.ics")
    def timetable_of(secret: str, coach: str) -> Response:
        view = view_of(secret)
        return calendars.of_coach(coach, lambda channel: readable(view, channel))

    return blueprint
