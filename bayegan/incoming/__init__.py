"""What comes in with an import: files of others, what stands in them, and whose it is."""
