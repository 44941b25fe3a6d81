"""The gym that `seed.py` writes: one noun per file, and `gym` that puts them together."""
