"""The archive: one SQLite file, its tables, who writes it and who reads it.

Nothing is imported here, so that a reader never pays for what only writers need.
"""
