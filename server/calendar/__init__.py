"""The timetable as a calendar, and the private addresses of those who subscribe to it.

In: the state in memory, and from the database when commits were made. Out: the text of a calendar, and whose a private
address is.
"""
