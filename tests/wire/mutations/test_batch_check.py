"""`check: true` on a batch: what would happen to each of its writes, and nothing happens."""

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.support.acks import assert_failure, assert_success
from tests.support.audit import between, wrote
from tests.support.database import contents
from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.support.published import MARKER
from tests.support.server import Server
from tests.wire.mutations.test_batch import NOBODY, batch, done, refused

Writes = list[tuple[Any, ...]]


def checked(gym: Gym, *writes: tuple[Any, ...]) -> Any:
    """The ack of a batch that is only checked, and would be done."""
    ack = batch(gym, *writes, check=True)
    assert_success(ack, extended=True)
    assert ack["meta"].keys() <= {"warnings"}
    return ack


def test_it_is_answered_as_if_it_were_done(gym: Gym, observers: Observers, target: Server) -> None:
    logged, schedule, coach = target.log_size(), gym.new("schedule"), gym.new("coach")
    slot = {key: schedule[key] for key in ("day", "hour", "coach", "workout_plan")}
    writes: Writes = [
        ("new_coach", gym.payload("coach", username="ada")),
        ("new_coach", gym.payload("coach", username="grace")),
        ("new_schedule", slot),
        ("update_coach", {"id": coach["id"], "name": "Renamed"}),
        ("new_schedule", slot | {"coach": {"id": coach["id"]}}),
        ("delete_schedule", schedule),
        ("new_exercise_move", gym.payload("exercise_move")),
        ("new_exercise_moves", gym.payload("exercise_move")),
    ]
    with observers.sends():
        before = contents(target.database.url)
        answer = checked(gym, *writes)
        assert contents(target.database.url) == before
    # The server has one more move for each marker of the observers: what was made before it tells the next id.
    assert [record["id"] for record in answer["data"]] == [
        None, None, None, coach["id"], None, schedule["id"], None, None,
    ]  # fmt: skip
    ack = done(gym, *writes)
    audited = between(target, logged, wrote("new_coach", "coaches", coach), {"message": "wrote", "event": "batch"})
    assert [line["event"] for line in audited] == 2 * MARKER, "a check has no line in the audit"
    assert _without_ids(writes, ack["data"]) == _without_ids(writes, answer["data"])
    assert answer["meta"].get("warnings") == ack["meta"].get("warnings")
    assert [ack["data"][place]["id"] for place in (0, 1)] == [coach["id"] + 1, coach["id"] + 2], "an id was used up"


def test_each_write_is_answered(gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule")
    slot = {key: schedule[key] for key in ("day", "hour", "coach", "workout_plan")}
    writes: Writes = [
        ("new_coach", {"name": "x"}),
        ("update_coach", {"id": NOBODY, "age": 33}),
        ("new_coach", gym.payload("coach", username="ada")),
        ("new_coach", gym.payload("coach", username="ADA")),
        ([], {"seq": 1}),
        ("new_schedule", slot),
        ("delete_coach", schedule["coach"]),
        ("update_schedule", {"id": schedule["id"], "hour": 1000}, 10**9),
    ]
    with observers.sends():
        ack = batch(gym, *writes, check=True)
        assert_failure(ack, extended=True)
        assert ack["errors"]["writes"].keys() == {"0", "1", "3", "4", "6", "7"}
        assert ack["errors"]["writes"]["0"] == gym.client.fails("new_coach", {"name": "x"})
        assert ack["errors"]["errors"].startswith("Write 1 (new coach): ")
        assert ack["meta"]["code"] == "invalid"
        # Of those that would be done. The coach has this one and the new one.
        [line] = ack["meta"]["warnings"]
        assert line.startswith("Write 6 (new schedule): ")
        assert batch(gym, *writes[1:], check=True)["meta"]["code"] == "not_found"
        assert "2 schedules" in ack["errors"]["writes"]["6"]["errors"], "the new one counts"


def test_what_depends_on_a_refused_write_is_as_if_that_were_not_there(gym: Gym, observers: Observers) -> None:
    schedule, coach = gym.new("schedule"), gym.new("coach")
    moved = ("update_schedule", {"id": schedule["id"], "coach_id": coach["id"]})
    with observers.sends():
        checked(gym, moved, ("delete_coach", schedule["coach"]))
        late = ("update_schedule", {**moved[1], "day": "Funday"})
        assert refused(gym, late, ("delete_coach", schedule["coach"]), check=True).keys() == {"0", "1"}


def test_a_refused_write_leaves_nothing_to_the_next(gym: Gym, observers: Observers) -> None:
    """Its row was written before the username was found to be taken."""
    gym.new("coach", username="ada")
    coach = gym.new("coach")
    number = coach["id"]
    writes: Writes = [
        ("update_coach", {"id": number, "name": "Taken", "username": "ada"}),
        ("update_coach", {"id": number, "age": 44}),
        ("new_coach", gym.payload("coach", username="ada")),
        ("new_coach", gym.payload("coach", username="grace")),
        ("update_coach", {"id": number + 1, "age": 45}),
    ]
    with observers.sends():
        assert refused(gym, *writes, check=True).keys() == {"0", "2"}
        fine = checked(gym, *(writes[place] for place in (1, 3, 4)))["data"]
        assert fine[0] == coach | {"age": 44} and fine[2]["username"] == "grace"


COACHES, PLANS, MOVES, SCHEDULES = 3, 2, 3, 3
places = st.sampled_from([0, 0, 0, 1, 1, 1, 2, 2, 3, 4])
names = st.sampled_from(["Ada", "Grace", " Maya ", "Noor", "x"])
usernames = st.sampled_from(["ada", "ADA", "grace", "maya", ""])
hours = st.sampled_from(["900", 1000, "1100", "12:00", "late"])
ages = st.sampled_from([18, "40", 77, 100, 101])


def _fields(**kinds: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=kinds)


# (event, place of the record, fields, place of the coach, place of the plan, whether to give a base)
writes = st.one_of(
    st.tuples(st.just("new_coach"), places, _fields(name=names, age=ages, username=usernames)),
    st.tuples(st.just("update_coach"), places, _fields(name=names, age=ages, username=usernames)),
    st.tuples(st.just("delete_coach"), places, st.just({})),
    st.tuples(st.just("new_schedule"), places, _fields(coach=places, workout_plan=places, hour=hours)),
    st.tuples(st.just("update_schedule"), places, _fields(coach=places, workout_plan=places, hour=hours)),
    st.tuples(st.just("delete_schedule"), places, st.just({})),
    st.tuples(st.just("update_workout_plan"), places, _fields(name=names, exercise_moves=st.lists(places, max_size=3))),
    st.tuples(st.just("delete_workout_plan"), places, st.just({})),
    st.tuples(st.just("delete_exercise_move"), places, st.just({})),
)
drawn = st.lists(st.tuples(writes, st.sampled_from([*[None] * 5, "first", "newest", "future"])), min_size=1, max_size=8)


class World:
    """A few records of each kind, some of them changed since they were made; made anew for each example."""

    def __init__(self, gym: Gym, target: Server) -> None:
        # PostgreSQL does not give an id again that a refused batch had: after one, the next cannot be guessed.
        self._guesses = target.database.url.startswith("sqlite")
        self.revs: dict[tuple[str, int], list[int]] = {}
        self._gym = gym
        self.ids = {"exercise_move": [self._new("exercise_move") for _ in range(MOVES)]}
        self.ids["workout_plan"] = [
            self._new("workout_plan", exercise_moves=[{"id": number}]) for number in self.ids["exercise_move"][:PLANS]
        ]
        self.ids["coach"] = [self._new("coach") for _ in range(COACHES)]
        self.ids["schedule"] = [
            self._new("schedule", coach_id=coach, workout_plan_id=self.ids["workout_plan"][0])
            for coach in self.ids["coach"][:2]
        ]
        self._note("coach", gym.client.call("update_coach", {"id": self.ids["coach"][0], "age": 44}, {}))
        self._note("schedule", gym.client.call("update_schedule", {"id": self.ids["schedule"][0], "hour": 700}, {}))

    def _note(self, name: str, ack: Any) -> int:
        number: int = ack["data"]["id"]
        self.revs.setdefault((name, number), []).append(ack["meta"]["rev"])
        return number

    def _new(self, name: str, **fields: Any) -> int:
        payload = self._gym.payload(name, **fields)
        return self._note(name, self._gym.client.call(f"new_{name}", payload, {}))

    def id(self, name: str, place: int) -> int:
        """Of one that exists, of the next one that will be made, or of none."""
        known = self.ids[name]
        if place < len(known):
            return known[place]
        return known[-1] + 1 if place == len(known) and self._guesses else NOBODY

    def write(self, drawn: tuple[str, int, dict[str, Any]], base: str | None) -> tuple[Any, ...]:
        """The write that was drawn."""
        name_of_event, place, fields = drawn
        action, _, name = name_of_event.partition("_")
        data = dict(fields)
        for field in ("coach", "workout_plan"):
            if field in data:
                data[field] = {"id": self.id(field, data[field])}
        if "exercise_moves" in data:
            data["exercise_moves"] = [{"id": self.id("exercise_move", one)} for one in data["exercise_moves"]]
        if action == "new":
            valid = {"name": "Somebody", "age": 30} if name == "coach" else {"day": "Monday", "hour": 900}
            return name_of_event, {**valid, **data}
        number = self.id(name, place)
        revs = self.revs.get((name, number), [1])
        rev = {None: None, "first": revs[0], "newest": revs[-1], "future": 10**9}[base]
        return name_of_event, {**data, "id": number}, rev


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(drawn=drawn)
def test_a_check_says_what_doing_it_says(drawn: Any, gym: Gym, observers: Observers, target: Server) -> None:
    try:
        world = World(gym, target)
        _compare(gym, [world.write(*one) for one in drawn])
    finally:
        observers.clean()
        for observer in observers.both:
            # One that reads nothing for long answers no pings.
            observer.catch_up()


def _compare(gym: Gym, writes: Writes) -> None:
    check = batch(gym, *writes, check=True)
    event(f"{len(check['errors'].get('writes', ()))} of {len(writes)} are refused")
    assert check == batch(gym, *writes, check=True), "a check leaves no trace"
    if not check["ok"]:
        wrong = check["errors"]["writes"]
        ack = batch(gym, *writes)
        assert not ack["ok"]
        said = ack["errors"]["writes"]
        assert said.items() <= wrong.items(), "the same errors"
        if len(said) == 1 and min(said, key=int) == min(wrong, key=int):
            assert ack["meta"] == {key: check["meta"][key] for key in check["meta"] if key != "warnings"}
        for place in map(int, wrong):
            fine = [writes[earlier] for earlier in range(place) if str(earlier) not in wrong]
            alone = batch(gym, *fine, writes[place])
            assert alone["errors"]["writes"] == {str(len(fine)): wrong[str(place)]}, "as if those before were not there"
        # Without these the others can be done, and are answered as they were beside them.
        warned = check["meta"].get("warnings", [])
        places = [place for place in range(len(writes)) if str(place) not in wrong]
        writes = [writes[place] for place in places]
        if not writes:
            return
        check = batch(gym, *writes, check=True)
        assert check["ok"], check
        assert [_line(one) for one in check["meta"].get("warnings", [])] == [_line(one) for one in warned]
    ack = batch(gym, *writes)
    assert ack["ok"], ack
    assert _without_ids(writes, ack["data"]) == _without_ids(writes, check["data"])
    assert ack["meta"].get("warnings") == check["meta"].get("warnings")


def _line(warning: str) -> str:
    return warning.partition(": ")[2]


def _without_ids(writes: Writes, records: list[Any]) -> list[Any]:
    """The records; those that are new without their ids."""
    return [
        record | {"id": None} if write[0].startswith("new_") else record
        for write, record in zip(writes, records, strict=True)
    ]
