"""What we know of CMSs: one family a file, as a spider that knows its listings."""

from crawler.families.alef import Alef
from crawler.families.asam import Asam
from crawler.families.bbc import Bbc
from crawler.families.euronews import Euronews
from crawler.families.fars import Fars
from crawler.families.generic import Generic
from crawler.families.hypermedia import Hypermedia
from crawler.families.iran_samaneh import IranSamaneh
from crawler.families.nastooh import Nastooh
from crawler.families.news_studio import NewsStudio
from crawler.families.pangea import Pangea
from crawler.families.tasnim import Tasnim
from crawler.families.varzesh3 import Varzesh3

__all__ = [
    "Alef",
    "Asam",
    "Bbc",
    "Euronews",
    "Fars",
    "Generic",
    "Hypermedia",
    "IranSamaneh",
    "Nastooh",
    "NewsStudio",
    "Pangea",
    "Tasnim",
    "Varzesh3",
]
