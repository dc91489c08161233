"""Articles as files of others: which of them, which fields, and one module for each kind of file."""
