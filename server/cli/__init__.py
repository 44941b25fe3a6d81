"""The process and its commands: serving, logging, and those of `flask --app server`.

In: the command line and signals. Out: a running server with an orderly end, or one line that says why not.
"""
