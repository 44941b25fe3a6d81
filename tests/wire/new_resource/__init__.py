"""A new resource is one file, put beside the server's own four: resources/guests.py here, and those of all_fields."""
