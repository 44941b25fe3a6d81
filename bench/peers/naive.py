"""The server most people would write first: after each write it reads every table again, dumps it
again, and sends all of it to everybody. Records, events and acks are those of the contract.

    PORT=5600 DATABASE_URL=sqlite:////tmp/gym.db python -m bench.peers.naive
"""

from gevent import monkey

monkey.patch_all()

import os
import socket
from typing import Any

import simple_websocket
from flask import Flask, request
from flask_marshmallow import Marshmallow
from flask_socketio import SocketIO
from flask_sqlalchemy import SQLAlchemy
from marshmallow import fields


class WholeSocket:
    """A socket whose send() leaves nothing unsent."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self.send = sock.sendall

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


class WholeFrameServer(simple_websocket.Server):
    """simple-websocket ignores how much of a frame send() has taken. Arrays of this size never fit
    at once, so without this no client of this server reads a single one of them whole."""

    @property
    def sock(self) -> Any:
        return self._whole_socket

    @sock.setter
    def sock(self, sock: socket.socket) -> None:
        self._whole_socket = WholeSocket(sock)


simple_websocket.Server = WholeFrameServer

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
ma = Marshmallow(app)
socketio = SocketIO(app, async_mode="gevent", cors_allowed_origins="*")


class Coach(db.Model):
    __tablename__ = "coaches"
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String, nullable=False)
    age = db.Column(db.Integer)
    picture = db.Column(db.String)
    username = db.Column(db.String, unique=True)


class ExerciseMove(db.Model):
    __tablename__ = "exercise_moves"
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String, nullable=False)
    focus = db.Column(db.String, nullable=False)
    description = db.Column(db.String, nullable=False)
    video_link = db.Column(db.String)


class PlanMove(db.Model):
    __tablename__ = "plan_moves"
    plan_id = db.Column(db.ForeignKey("workout_plans.id"), primary_key=True)
    move_id = db.Column(db.ForeignKey("exercise_moves.id"), nullable=False)
    position = db.Column(db.Integer, primary_key=True)


class WorkoutPlan(db.Model):
    __tablename__ = "workout_plans"
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String, nullable=False)
    difficulty = db.Column(db.String, nullable=False)
    description = db.Column(db.String, nullable=False)
    exercise_moves = db.relationship(ExerciseMove, secondary="plan_moves", order_by=PlanMove.position, viewonly=True)


class Schedule(db.Model):
    __tablename__ = "schedules"
    id = db.Column(db.Integer, primary_key=True)
    day = db.Column(db.String, nullable=False)
    hour = db.Column(db.String, nullable=False)
    coach_id = db.Column(db.ForeignKey("coaches.id"), nullable=False)
    workout_plan_id = db.Column(db.ForeignKey("workout_plans.id"), nullable=False)
    coach = db.relationship(Coach)
    workout_plan = db.relationship(WorkoutPlan)


class CoachSchema(ma.SQLAlchemyAutoSchema):
    class Meta:
        model = Coach


class ExerciseMoveSchema(ma.SQLAlchemyAutoSchema):
    class Meta:
        model = ExerciseMove


class WorkoutPlanSchema(ma.SQLAlchemyAutoSchema):
    class Meta:
        model = WorkoutPlan

    exercise_moves = fields.List(fields.Nested(ExerciseMoveSchema))


class ScheduleSchema(ma.SQLAlchemyAutoSchema):
    class Meta:
        model = Schedule

    coach = fields.Nested(CoachSchema(only=("id", "name")))
    workout_plan = fields.Nested(WorkoutPlanSchema(only=("id", "name", "difficulty")))


CHANNELS = {
    "coaches": (Coach, CoachSchema(many=True)),
    "workout_plans": (WorkoutPlan, WorkoutPlanSchema(many=True)),
    "exercise_moves": (ExerciseMove, ExerciseMoveSchema(many=True)),
    "schedules": (Schedule, ScheduleSchema(many=True)),
}


def send_everything(to: str | None = None) -> None:
    """Send all four arrays to one client, or to all of them."""
    for channel, (model, schema) in CHANNELS.items():
        socketio.emit(channel, schema.dump(db.session.query(model).all()), to=to)


@socketio.on("connect")
def connect() -> None:
    sid: str = request.sid  # type: ignore[attr-defined]
    socketio.emit("connected", {"data": f"id: {sid} is connected"}, to=sid)
    send_everything(to=sid)


@socketio.on("update_coach")
def update_coach(data: dict[str, Any]) -> dict[str, Any]:
    coach = db.session.get(Coach, data["id"])
    for field in ("name", "age", "picture"):
        if field in data:
            setattr(coach, field, data[field])
    db.session.commit()
    send_everything()
    return {"ok": True, "data": CoachSchema().dump(coach), "errors": {}}


if __name__ == "__main__":
    socketio.run(app, host="127.0.0.1", port=int(os.environ["PORT"]))
