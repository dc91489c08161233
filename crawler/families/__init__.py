"""What we know of CMSs: one family a file, as a spider that knows its listings."""

from crawler.families.nastooh import Nastooh

__all__ = ["Nastooh"]
