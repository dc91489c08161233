"""Reading the pages of sites that nobody declared."""

from crawler.generic.reader import Read, read_generic, read_opened

__all__ = ["Read", "read_generic", "read_opened"]
