"""The pages as they were served: packed, with a dictionary of their agency's looks, and unpacked again."""
