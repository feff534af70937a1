"""PDF and DOCX: text where there is some, a clear error where there is none, and bombs end within their limits."""

from __future__ import annotations

import io
import resource
import time
import zipfile
import zlib
from collections.abc import Callable

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import documents, errors


def docx_of(*paragraphs: str, table: tuple[str, ...] = ()) -> bytes:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if table:
        grid = made.add_table(rows=1, cols=len(table))
        for cell, text in zip(grid.rows[0].cells, table, strict=True):
            cell.text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pdf_of(*pages: str, stream: bytes | None = None) -> bytes:
    """A small PDF, written by hand: one line of Helvetica on each page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    for n, text in enumerate(pages):
        content = (
            stream if stream is not None else zlib.compress(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1"))
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {4 + 2 * n} 0 R /Resources << /Font << /F1 "
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>".encode()
        )
        objects.append(
            f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n".encode() + content + b"\nendstream"
        )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def test_a_kind_is_told_by_the_bytes() -> None:
    assert documents.kind_of(docx_of("x")) == documents.DOCX
    assert documents.kind_of(pdf_of("x")) == documents.PDF
    assert documents.kind_of(b"plain text") is None
    assert documents.kind_of(b"PK\x03\x04 not a zip") is None
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("a.txt", "x")
    assert documents.kind_of(other.getvalue()) is None


async def test_text_of_a_docx_in_order() -> None:
    data = docx_of("The ferry ran aground.", "Größe – 日本", table=("Hurt", "none"))
    assert await documents.text_of(data, documents.DOCX) == "The ferry ran aground.\n\nGröße – 日本\n\nHurt\n\nnone"


async def test_text_of_a_pdf_page_by_page() -> None:
    assert (
        await documents.text_of(pdf_of("Nobody was hurt.", "Police said so."), documents.PDF)
        == "Nobody was hurt.\n\nPolice said so."
    )


def encrypted() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of("secret")))
    writer.encrypt("password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (b"%PDF-1.4\nbroken", documents.PDF, "damaged"),
        (pdf_of(""), documents.PDF, "no text"),
        (encrypted(), documents.PDF, "password"),
        (docx_of(), documents.DOCX, "no text"),
        (docx_of("x")[:-200], documents.DOCX, "damaged"),
    ],
)
async def test_what_gives_no_text_says_why(data: bytes, kind: str, why: str) -> None:
    with pytest.raises(errors.Undecodable, match=why):
        await documents.text_of(data, kind)


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("word/document.xml", b"<w/>")
        for name, data in entries.items():
            packed.writestr(name, data)
    return out.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><w:document xmlns:w='x'>&a11;</w:document>"
)


def laughing() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_of("x"))) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad:
        for entry in good.infolist():
            bad.writestr(entry.filename, LAUGHS if entry.filename == "word/document.xml" else good.read(entry))
    return out.getvalue()


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "docx, 300 MB": (lambda: zipped(big=b"\0" * 300_000_000), documents.DOCX),
    "docx, ratio": (lambda: zipped(big=b"\0" * 20_000_000), documents.DOCX),
    "docx, parts": (lambda: zipped(**{f"p{n}": b"x" for n in range(1_100)}), documents.DOCX),
    "docx, entities": (laughing, documents.DOCX),
    "pdf, flate": (lambda: pdf_of("x", stream=zlib.compress(b"\0" * 300_000_000, 9)), documents.PDF),
    "pdf, deep": (
        lambda: b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\ntrailer << /Root 1 0 R >>",
        documents.PDF,
    ),
}


@pytest.mark.parametrize("name", BOMBS)
async def test_bombs_are_refused_within_time_and_memory(name: str) -> None:
    make, kind = BOMBS[name]
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    with pytest.raises(errors.Undecodable):
        await documents.text_of(data, kind)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert spent.ru_utime - began.ru_utime < documents.SECONDS
    assert time.monotonic() - started < documents.SECONDS + 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, (
        "kilobytes, in the server's own process"
    )


async def test_a_file_that_takes_too_long_is_left() -> None:
    with pytest.raises(errors.Undecodable, match="more than 0 seconds"):
        await documents.text_of(pdf_of("x"), documents.PDF, seconds=0.01)


@settings(max_examples=5)
@given(st.binary(max_size=400))
def test_junk_is_never_anything_but_undecodable(junk: bytes) -> None:
    import asyncio

    for head, kind in ((b"%PDF-1.7\n", documents.PDF), (b"PK\x03\x04", documents.DOCX)):
        with pytest.raises(errors.Undecodable):
            asyncio.run(documents.text_of(head + junk, kind))
