"""All kept pages read again with today's reader, offline; what that changes is written, or only told.

Articles are written in short transactions, each signed by today's reader as it is: what is killed in the middle goes
on with what is not signed yet.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import batched
from typing import TYPE_CHECKING, Final

from bayegan.archive import renewing, store
from bayegan.archive.faults import MISSING, told
from bayegan.archive.index import Changes
from bayegan.archive.lock import agency_lock
from bayegan.archive.reader import open_archive
from bayegan.archive.reading import prepare
from bayegan.renewal import renewed, sender
from bayegan.reread_report import RereadSummary, Tally
from bayegan.rereaders import Batch, Fault, PackedPage, cores, reading
from bayegan.search import Filter
from crawler import agencies
from crawler.checking import check
from crawler.errors import AgencyBusyError, ArchiveError, RefusedError
from crawler.items import Fetched
from crawler.markup import MARKUPS
