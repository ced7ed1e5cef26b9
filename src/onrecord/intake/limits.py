"""How much of anything is read, in one place. What is over a limit is refused by name, and the rest goes on.

The limits keep memory constant and time finite whatever somebody sends; none of them is met by news in practice.
"""

from __future__ import annotations

__all__ = [
    "ARCHIVE_BYTES",
    "ARCHIVE_DEPTH",
    "ARCHIVE_ENTRIES",
    "DOCUMENT_LIMIT",
    "FEED_COMMENTS",
    "FEED_WORD",
    "HEADER_LIMIT",
    "JSON_LIMIT",
    "JSON_VALUES",
    "LINES",
    "LINE_LIMIT",
    "MESSAGE_LIMIT",
    "PAGE_ATTRIBUTES",
    "PAGE_DEPTH",
    "PAGE_ELEMENTS",
    "PDF_LIMIT",
    "PDF_PAGES",
    "RATIO",
    "RATIO_FROM",
    "SPOOLED",
]

DOCUMENT_LIMIT = 20_000_000
"""Bytes of one document, unpacked. The longest articles have some 200,000; what is larger is no article."""

LINE_LIMIT = 20_000_000
"""Bytes of one line of JSON Lines or one row of a table, as of a document; the file itself may be of any size."""

JSON_LIMIT = 200_000_000
"""Bytes of a file that is one JSON value, which has to be in memory as a whole. JSON Lines may be of any size."""

PAGE_ELEMENTS = 50_000
"""Elements of one page. Long live blogs have some 20,000; what finds the article takes up to 40 seconds for so many."""

PAGE_DEPTH = 255
"""Elements within each other in a page. Where more are, the parser loses what stands within, and all that follows."""

PAGE_ATTRIBUTES = 500
"""Attributes of one element. The parser compares each with all before it: 40,000 take more than a second."""

JSON_VALUES = 5_000_000
"""Values in one JSON value, each of which takes 8 to 200 bytes of memory: its brackets and commas, those in texts too."""

LINES = 200_000
"""Lines of one text: a book has 10,000. Each may become a block, which takes 400 bytes of memory."""

PDF_LIMIT = 200_000_000
"""Bytes of a PDF file, which has to be in memory as a whole; those of newspapers' whole issues have up to 100 MB."""

PDF_PAGES = 2_000
"""Pages of a PDF file. Reports of inquiries have some hundreds; at 5 ms a page so many take ten seconds."""

FEED_COMMENTS = 20_000
"""Comments in one feed: some blogs set one around each paragraph. 40,000 in one place take two seconds."""

FEED_WORD = 500
"""Bytes of one word in the name of an author in a feed: 40,000 take four seconds."""

MESSAGE_LIMIT = 50_000_000
"""Bytes of one e-mail with its attachments. Servers of mail take 25 to 50 MB."""

HEADER_LIMIT = 65_536
"""Bytes of the header lines of one WARC record, and of those of its HTTP answer; of one field of an e-mail that is
read. Servers themselves take 8 to 32 kB."""

ARCHIVE_DEPTH = 3
"""Archives within archives, and packings within packings. GDELT's tables are one deep; five deep is an attack."""

ARCHIVE_ENTRIES = 500_000
"""Files in one archive. The directory of a zip archive has to be in memory, at some 500 bytes an entry."""

ARCHIVE_BYTES = 500_000_000_000
"""Bytes that one archive may unpack to, with all that is in it: a month of the web's news has some 200 GB."""

RATIO, RATIO_FROM = 300, 50_000_000
"""How much larger than its packed form a stream may get, once it has so many bytes.

Pages pack at 5 to 10 to one, rows of JSON at up to 30, an archive of nearly equal pages at 100; deflate's utmost, which only
files made to do harm come near, is 1,032.
"""

SPOOLED = 32_000_000
"""Bytes in memory of an archive from standard input or within another; a longer one lies in a temporary file."""
