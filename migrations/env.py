"""What Alembic runs: `flask --app server db ...`, or the server's start."""

from alembic import context
from flask import current_app

from server.database.migrations import run

run(current_app.extensions["spotter"].config, current_app.extensions["migrate"], context)
