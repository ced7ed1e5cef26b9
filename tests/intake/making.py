"""Files of the formats that archives come in, made for tests by what their standards say."""

from __future__ import annotations

from collections.abc import Iterable

ARTICLE = "The minister said on Monday that at least 107 people had been killed in the valley."


def page(words: str = ARTICLE, *, title: str = "Dam bursts at Elv", head: str = "") -> bytes:
    """A page with one article of some paragraphs."""
    paragraphs = "".join(f"<p>{words} It was paragraph {n} of the report.</p>" for n in range(3))
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{paragraphs}</body></html>".encode()


def answer(body: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    """An answer of a web server as a crawler keeps it."""
    return f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def record(block: bytes, *, url: str = "https://post.example/a", kind: str = "response", more: str = "") -> bytes:
    """A record of a WARC file."""
    media = "application/http; msgtype=response" if kind == "response" else "text/html"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-10-28T09:15:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {media}\r\n{more}Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


Placed = tuple[float, float, float, str]
"""A line of a page: points from the left, from the lower edge, its size, its words in ASCII."""


def pdf(pages: Iterable[Iterable[Placed]], *, info: str = "") -> bytes:
    """A PDF 1.4 file in Helvetica, letters placed line by line."""
    contents = []
    for lines in pages:
        shown = []
        for x, y, size, words in lines:
            escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            shown.append(f"BT /F1 {size} Tf {x} {y} Td ({escaped}) Tj ET")
        contents.append("\n".join(shown).encode("ascii"))
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    objects.append(f"<< {info} >>".encode())
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + item + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n".encode()
    return out + f"startxref\n{start}\n%%EOF\n".encode()


def column(
    lines: Iterable[str], *, x: float = 72, top: float = 700, size: float = 11, step: float = 14
) -> list[Placed]:
    """Lines of one column, one below the other."""
    return [(x, top - step * n, size, words) for n, words in enumerate(lines)]
