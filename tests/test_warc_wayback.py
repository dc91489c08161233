"""Captures of the Wayback Machine: the site's own page, at its address and its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archives import Clock
from warcs import ONE, address, answered, file, page, record, told

from bayegan import open_archive
from bayegan.importing import import_file

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.archive.writer import Writer


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("https://web.archive.org/web/20201207083000/{}", {}),
        ("http://web.archive.org:80/web/20201207083000id_/{}", {}),
        ("https://web.archive.org/web/2020/{}", {"Memento-Datetime": "Mon, 07 Dec 2020 08:30:00 GMT"}),
    ],
)
def test_a_capture_of_the_wayback_machine_is_the_site_s_page_at_its_time(
    url: str, headers: dict[str, str], writer: Writer, tmp_path: Path
) -> None:
    handed = {"x-archive-orig-etag": '"7"', "x-archive-orig-last-modified": "then", "ETag": '"theirs"'} | headers
    one = record(url.format(address(ONE).replace("https", "http")), answered(page(ONE), *handed.items()))
    assert told(import_file(writer, file(tmp_path / "a.warc.gz", one), clock=Clock())) == {"read": 1, "new": 1}
    [kept] = writer.conn.execute("SELECT url, fetched_at, etag, last_modified FROM pages").fetchall()
    assert kept == (kept[0], "2020-12-07T08:30:00Z", '"7"', "then")
    assert kept[0].startswith(f"https://shabestan.news/news/{ONE.code}")


def test_what_the_wayback_machine_puts_into_a_page_is_taken_out(writer: Writer, tmp_path: Path) -> None:
    put_in = (
        b'<head><script type="text/javascript" src="https://web-static.archive.org/_static/js/b.js"></script>\n'
        b"<!-- End Wayback Rewrite JS Include -->\n"
    )
    toolbar = b"<!-- BEGIN WAYBACK TOOLBAR INSERT --><h1>x</h1><!-- END WAYBACK TOOLBAR INSERT -->"
    theirs = page(ONE).replace(b"<head>", put_in).replace(b"</body>", toolbar + b"</body>")
    theirs = theirs.replace(b'="http://', b'="https://web.archive.org/web/20201207083000/http://')
    assert theirs.count(b"web.archive.org") > 0
    one = record(f"https://web.archive.org/web/20201207083000/{address(ONE)}", answered(theirs))
    import_file(writer, file(tmp_path / "a.warc.gz", one), clock=Clock())
    with open_archive(writer.path) as archive:
        assert archive.page_bytes("shabestan", ONE.code) == page(ONE)
