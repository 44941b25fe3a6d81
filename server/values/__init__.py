"""What people type into settings and fields, brought into one form: text, hosts, URLs, time zones, passwords; and
the words of the week.

In: strings. Out: the same string for all that count as the same, or a reason why not. Imports nothing of the server.
"""
