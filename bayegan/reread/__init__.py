"""Kept pages read again: by processes of their own, compared with what is held, and counted."""
