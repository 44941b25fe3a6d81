"""The days of the week and the hours of a day, as records have them."""

import datetime

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_of(date: datetime.date) -> str:
    """The weekday of a date."""
    return DAYS[date.weekday()]


def minute_of(hour: str) -> int:
    """An hour such as "930", in minutes of its day."""
    hours, minutes = divmod(int(hour), 100)
    return hours * 60 + minutes


def clock(minute: int) -> str:
    """A minute of a day as people read it: 09:30."""
    return f"{minute // 60:02}:{minute % 60:02}"


def slot(day: str, hour: str) -> str:
    """A weekday and an hour as people read them: Monday 09:30."""
    return f"{day} {clock(minute_of(hour))}"
