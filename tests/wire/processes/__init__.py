"""Several processes at one database, and what happens when it or Redis goes away."""
