"""A server with a resource that is too large to be whole, and the program that fills it."""
