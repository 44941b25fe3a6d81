"""What a class does: moves in an order."""

import random
from typing import NamedTuple

from server.seeds.moves import MOVES
from server.seeds.moves import Move


class Plan(NamedTuple):
    """A workout plan; its moves by their names."""

    name: str
    difficulty: str
    description: str
    moves: tuple[str, ...]


PLANS = (
    Plan(
        "First Steps",
        "Beginner",
        "For your first weeks in the gym: the basic movements with little weight, and time to learn each of them.",
        ("Cat-Cow", "Goblet Squat", "Incline Push-Up", "Seated Cable Row", "Glute Bridge", "Dead Bug"),
    ),
    Plan(
        "Strong Legs",
        "Intermediate",
        "Squats first while you are fresh, then one leg at a time. Three sets of eight to ten of everything.",
        ("Back Squat", "Romanian Deadlift", "Bulgarian Split Squat", "Step-Up", "Standing Calf Raise"),
    ),
    Plan(
        "Push Day",
        "Intermediate",
        "Chest, shoulders and triceps: two heavy presses, then lighter work with more repetitions.",
        ("Bench Press", "Overhead Press", "Incline Dumbbell Press", "Lateral Raise", "Triceps Pushdown"),
    ),
    Plan(
        "Pull Day",
        "Intermediate",
        "Back and biceps. Start with pull-ups, with a band if you need one, and finish with healthy shoulders.",
        ("Pull-Up", "Bent-Over Row", "Lat Pulldown", "Face Pull", "Dumbbell Curl"),
    ),
    Plan(
        "Barbell Club",
        "Advanced",
        "The big lifts with few repetitions and long rests. Come with a solid technique and your numbers of last week.",
        ("Back Squat", "Bench Press", "Deadlift", "Overhead Press"),
    ),
    Plan(
        "Core Foundations",
        "Beginner",
        "Half an hour for a trunk that holds still when it has to. Three rounds, 30 seconds of each, no equipment.",
        ("Dead Bug", "Bird Dog", "Plank", "Side Plank", "Glute Bridge"),
    ),
    Plan(
        "Core Advanced",
        "Advanced",
        "Longer levers and harder positions for those who find a minute of plank easy.",
        ("Hollow Hold", "Hanging Knee Raise", "Russian Twist", "Side Plank", "Turkish Get-Up"),
    ),
    Plan(
        "Kettlebell Flow",
        "Intermediate",
        "One bell for the whole class: swings, squats, carries and the get-up, done slowly.",
        ("Kettlebell Swing", "Goblet Squat", "Turkish Get-Up", "Farmer's Carry"),
    ),
    Plan(
        "HIIT Express",
        "Advanced",
        "Forty seconds of work, twenty of rest, five rounds. Short, loud and over before you can think about it.",
        ("Burpee", "Mountain Climber", "Thruster", "High Knees", "Kettlebell Swing", "Jump Rope"),
    ),
    Plan(
        "Engine Builder",
        "Intermediate",
        "Endurance at a pace at which you can still talk, with a few hard minutes at the end.",
        ("Rowing Machine", "Jump Rope", "Walking Lunge", "Farmer's Carry", "Shuttle Run"),
    ),
    Plan(
        "Full Body Lunch",
        "Intermediate",
        "All of you in 45 minutes: pairs for opposite muscles, with little rest. At your desk again in an hour.",
        ("Goblet Squat", "Push-Up", "Bent-Over Row", "Romanian Deadlift", "Overhead Press", "Plank", "Rowing Machine"),
    ),
    Plan(
        "Glutes and Hamstrings",
        "Intermediate",
        "The back of the legs, which sitting puts to sleep: heavy hinges, then bridges until they burn.",
        ("Hip Thrust", "Romanian Deadlift", "Walking Lunge", "Step-Up", "Glute Bridge", "Hamstring Stretch"),
    ),
    Plan(
        "Morning Mobility",
        "Beginner",
        "Wake up your joints before work. Nothing here makes you sweat, and you will walk out taller.",
        (
            "Cat-Cow",
            "Thread the Needle",
            "World's Greatest Stretch",
            "90/90 Hip Switch",
            "Bird Dog",
            "Kneeling Hip Flexor Stretch",
            "Glute Bridge",
            "Child's Pose",
        ),
    ),
    Plan(
        "Evening Stretch",
        "Beginner",
        "Slow stretches with long breaths to end the day. All you need is a mat and something warm to wear.",
        ("Cat-Cow", "Kneeling Hip Flexor Stretch", "Hamstring Stretch", "Thread the Needle", "Child's Pose"),
    ),
)

_MADE_UP_MOVES = 6


def made_up(count: int, moves: list[Move]) -> list[Plan]:
    """So many plans of six moves each, or of all moves if there are fewer.

    The first ones keep as much of the gym's own plans as they can; later weeks of a plan train the same with other
    moves.
    """
    chance = random.Random(1)
    names = [move.name for move in moves]
    known = set(names)
    focus = {move.name: move.focus for move in MOVES}
    pools = []
    for plan in PLANS:
        foci = {focus[name] for name in plan.moves}
        pools.append([move.name for move in moves if move.focus in foci])
    plans = []
    for number in range(count):
        turn, place = divmod(number, len(PLANS))
        plan, pool = PLANS[place], pools[place]
        chosen = [] if turn else [name for name in plan.moves if name in known]
        chosen += chance.sample(pool, min(_MADE_UP_MOVES, len(pool)))
        chosen += chance.sample(names, min(2 * _MADE_UP_MOVES, len(names)))
        distinct = tuple(dict.fromkeys(chosen))[:_MADE_UP_MOVES]
        plans.append(plan._replace(name=plan.name + (f", week {turn + 1}" if turn else ""), moves=distinct))
    return plans
