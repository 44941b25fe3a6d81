"""A gym in which viewers see neither coaches nor classes; see serve.py. The browser tests start it too."""
