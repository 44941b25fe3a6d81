"""Part 2 of the contract: what a client gains when it asks for it."""
