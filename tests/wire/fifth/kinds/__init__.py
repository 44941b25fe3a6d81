"""A sixth resource that has a column of each kind: resources/lockers.py."""
