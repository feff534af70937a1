"""Text of PDF and DOCX files, read in a process of their own that may use so much time and memory and no more.

Both formats can be made to unpack without an end. A DOCX is looked at as a zip first (entries, sizes, ratio), and what it
claims is not believed: unpacked bytes are counted. A PDF that gives no text is an error and not an empty article: a page
that is all picture, or a bomb that the reader gave up on, looks the same.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import sys
import zipfile
from contextlib import suppress

from summarizer import errors

PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MOST_BYTES = 25_000_000
"""Of a DOCX unpacked, all entries together: the limit that ogx chose after a file of 1 GB; a book of 500 pages has 2 MB."""
MOST_ENTRIES = 1_000
MOST_RATIO = 200
"""Text packs 3 to 10 times, at most 100; what packs better is made to."""
MOST_CHARACTERS = 2_000_000
SECONDS = 20.0
MEMORY_BYTES = 768_000_000
"""Address space of the reading process; Python with both readers takes about 150 MB of it."""


def kind_of(data: bytes) -> str | None:
    """`PDF`, `DOCX`, or None, by what the bytes begin with. A name or a header may say anything."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        with suppress(zipfile.BadZipFile, ValueError, OSError), zipfile.ZipFile(io.BytesIO(data)) as packed:
            if "word/document.xml" in packed.namelist():
                return DOCX
    return None


async def text_of(data: bytes, kind: str, *, seconds: float = SECONDS) -> str:
    """The text of a file. Raises errors.Undecodable, which says what is wrong with it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-c",
        f"import sys; sys.path[:] = {sys.path!r}; from summarizer import documents; documents.child({kind!r})",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(seconds):
            out, _ = await process.communicate(data)
    except TimeoutError:
        raise errors.Undecodable(f"Reading it took more than {seconds:.0f} seconds.") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    try:
        told = json.loads(out)
    except ValueError:
        raise errors.Undecodable("It cannot be read within the limits of time and memory.") from None
    if "text" not in told:
        raise errors.Undecodable(str(told["error"]))
    return str(told["text"])


def child(kind: str) -> None:
    """The reading process: bytes on standard input, JSON on standard output."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        told = {"text": pdf_text(data) if kind == PDF else docx_text(data)}
    except errors.Undecodable as error:
        told = {"error": error.detail}
    except MemoryError:
        told = {"error": "Reading it takes more memory than is allowed."}
    except Exception as error:  # noqa: BLE001  # the readers raise nearly everything on broken files
        told = {"error": f"It is damaged or no such file ({type(error).__name__})."}
    sys.stdout.write(json.dumps(told))


def pdf_text(data: bytes) -> str:
    """Text of all pages, a blank line between them."""
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise errors.Undecodable("It is protected by a password.")
    pages = []
    left = MOST_CHARACTERS
    for page in reader.pages:
        text = page.extract_text().strip()
        left -= len(text)
        if left < 0:
            raise errors.Undecodable(f"It holds more than {MOST_CHARACTERS} characters.")
        pages.append(text)
    whole = "\n\n".join(filter(None, pages))
    if not whole:
        raise errors.Undecodable("It holds no text: its pages may be pictures.")
    return whole


def docx_text(data: bytes) -> str:
    """Text of all paragraphs and table cells, in order."""
    import docx

    _check_zip(data)
    document = docx.Document(io.BytesIO(data))
    rows = []
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            rows += [cell.text for row in block.rows for cell in row.cells]
        else:
            rows.append(block.text)
    whole = "\n\n".join(filter(None, (row.strip() for row in rows)))
    if len(whole) > MOST_CHARACTERS:
        raise errors.Undecodable(f"It holds more than {MOST_CHARACTERS} characters.")
    if not whole:
        raise errors.Undecodable("It holds no text.")
    return whole


def _check_zip(data: bytes) -> None:
    too_large = errors.Undecodable(f"It unpacks to more than {MOST_BYTES} bytes, or packs better than text does.")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
        if len(entries) > MOST_ENTRIES:
            raise errors.Undecodable(f"It has more than {MOST_ENTRIES} parts.")
        if sum(e.file_size for e in entries) > MOST_BYTES:
            raise too_large
        left = MOST_BYTES
        for entry in entries:
            if entry.file_size > MOST_RATIO * max(1, entry.compress_size) and entry.file_size > 100_000:
                raise too_large
            with packed.open(entry) as part:
                while piece := part.read(65_536):
                    left -= len(piece)
                    if left < 0:
                        raise too_large
