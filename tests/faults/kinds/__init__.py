"""The kinds of harm. Each is a function `(place, seed, size)` that does it `size` times and returns its verdict."""
