"""The steps between crawling and the archive: check, duplicates, revisions, store, and the ledger's gate."""
