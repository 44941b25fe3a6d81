"""The version, in this place alone: `/healthz`, `/asyncapi.json` and `python -m server --version` say it."""

VERSION = "1.0.0"
