"""When classes are, who leads them and what they do."""

from typing import NamedTuple

from server.resources.schedules import DAYS


class Slot(NamedTuple):
    """A class: the hour as records have it, the plan and the coach by their places in their lists, from 0."""

    day: str
    hour: str
    plan: int
    coach: int


# Each line is an hour, a plan and a coach. A class takes an hour at most, and no coach leads two at once.
_WEEK = {
    "Monday": (
        ("600", "Barbell Club", "Marcus Bell"),
        ("700", "Morning Mobility", "Priya Raman"),
        ("900", "First Steps", "Ben Whitaker"),
        ("1215", "Full Body Lunch", "Chloé Marchand"),
        ("1700", "Strong Legs", "Maya Lindqvist"),
        ("1800", "Push Day", "Tomás Herrera"),
        ("1800", "HIIT Express", "Aisha Okafor"),
        ("1900", "Kettlebell Flow", "Jonas Weber"),
        ("2000", "Evening Stretch", "Leila Haddad"),
    ),
    "Tuesday": (
        ("630", "HIIT Express", "Aisha Okafor"),
        ("730", "Core Foundations", "Daniel Kim"),
        ("1000", "First Steps", "Ben Whitaker"),
        ("1215", "Engine Builder", "Marcus Bell"),
        ("1700", "Glutes and Hamstrings", "Leila Haddad"),
        ("1800", "Pull Day", "Tomás Herrera"),
        ("1900", "Barbell Club", "Maya Lindqvist"),
        ("1930", "Core Advanced", "Jonas Weber"),
        ("2000", "Evening Stretch", "Priya Raman"),
    ),
    "Wednesday": (
        ("600", "Barbell Club", "Marcus Bell"),
        ("700", "Morning Mobility", "Leila Haddad"),
        ("900", "Core Foundations", "Daniel Kim"),
        ("1215", "Full Body Lunch", "Chloé Marchand"),
        ("1700", "Push Day", "Tomás Herrera"),
        ("1800", "Engine Builder", "Aisha Okafor"),
        ("1900", "Strong Legs", "Maya Lindqvist"),
        ("1900", "First Steps", "Daniel Kim"),
    ),
    "Thursday": (
        ("630", "Kettlebell Flow", "Jonas Weber"),
        ("730", "Morning Mobility", "Priya Raman"),
        ("1000", "First Steps", "Ben Whitaker"),
        ("1215", "HIIT Express", "Chloé Marchand"),
        ("1700", "Pull Day", "Tomás Herrera"),
        ("1800", "Glutes and Hamstrings", "Leila Haddad"),
        ("1900", "Barbell Club", "Maya Lindqvist"),
        ("1930", "Core Advanced", "Aisha Okafor"),
        ("2000", "Evening Stretch", "Priya Raman"),
    ),
    "Friday": (
        ("600", "Engine Builder", "Marcus Bell"),
        ("700", "Core Foundations", "Daniel Kim"),
        ("900", "Morning Mobility", "Leila Haddad"),
        ("1215", "Full Body Lunch", "Chloé Marchand"),
        ("1600", "Kettlebell Flow", "Jonas Weber"),
        ("1700", "HIIT Express", "Aisha Okafor"),
        ("1800", "Strong Legs", "Maya Lindqvist"),
        ("1900", "Evening Stretch", "Priya Raman"),
    ),
    "Saturday": (
        ("800", "Morning Mobility", "Leila Haddad"),
        ("900", "Barbell Club", "Marcus Bell"),
        ("1000", "First Steps", "Ben Whitaker"),
        ("1000", "Kettlebell Flow", "Jonas Weber"),
        ("1100", "HIIT Express", "Chloé Marchand"),
        ("1600", "Full Body Lunch", "Tomás Herrera"),
    ),
    "Sunday": (
        ("900", "Engine Builder", "Aisha Okafor"),
        ("1000", "Core Foundations", "Daniel Kim"),
        ("1100", "First Steps", "Ben Whitaker"),
        ("1700", "Evening Stretch", "Priya Raman"),
    ),
}
# Full hours first; a coach with more classes than a week has full hours gets the half hours, then the quarters.
_HOURS = range(6, 22)
_MINUTES = (0, 30, 15, 45)
_COARSE = len(DAYS) * len(_HOURS)
# No common divisor with the number of full hours, nor a multiple of 7: one coach's classes lie all over the week.
_STRIDE = 45
_APART = 5


def week(coaches: list[str], plans: list[str]) -> list[Slot]:
    """The gym's own week, for these names of coaches and plans."""
    return [
        Slot(day, hour, plans.index(plan), coaches.index(coach))
        for day, classes in _WEEK.items()
        for hour, plan, coach in classes
    ]


def made_up(count: int, coaches: int, plans: int) -> list[Slot]:
    """So many classes, spread evenly over coaches and plans.

    A coach with up to 448 classes has no two at the same day and hour.
    """
    slots = []
    for number in range(count):
        turn, coach = divmod(number, coaches)
        finer, coarse = divmod(turn, _COARSE)
        place = (coarse * _STRIDE + coach * _APART) % _COARSE
        hour, day = divmod(place, len(DAYS))
        minute = _MINUTES[finer % len(_MINUTES)]
        slots.append(Slot(DAYS[day], f"{_HOURS[hour]}{minute:02}", number % plans, coach))
    return slots
