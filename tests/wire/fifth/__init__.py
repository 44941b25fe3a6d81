"""A fifth resource is one file: resources/members.py, dropped beside the server's own four."""
