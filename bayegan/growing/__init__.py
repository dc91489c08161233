"""A new agency: what a page tells of its site, the file in ``spiders/``, and pages kept as tests."""
