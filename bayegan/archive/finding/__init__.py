"""Searches: a query into SQL and FTS5, and what comes back: hits, snippets, facets, pages, articles like one."""
