"""How pages are found, fetched and read. Knows no archive."""
