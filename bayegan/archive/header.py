"""Two numbers in the file's header, so that no table is needed for them."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x4259_474E  # "BYGN": tells an archive from any other SQLite file
FOLD_VERSION: Final = 1  # to be raised with every change of crawler.text.fold: the index is then fed anew
