"""The process and its commands: serving, logging, `flask account`, `flask journal`.

In: the command line and signals. Out: a running server with an orderly end, or one line that says why not.
"""
