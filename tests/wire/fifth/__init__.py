"""A fifth resource is one file: resources/guests.py, dropped beside the server's own four."""
