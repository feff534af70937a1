"""Takes bytes, gives text. Does not know file names, headers or what the text is about.

Only encodings that announce themselves are read: UTF-8, and UTF-16 or UTF-32 with a byte order mark. Anything else would
be a guess, and a wrong guess changes names in a text that is quoted to the character.
"""

from __future__ import annotations

import codecs

from summarizer.errors import Undecodable

# UTF-32 stands first: its little-endian mark begins with the one of UTF-16.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_EXTRACT = "extract its text and send that"
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF file", _EXTRACT),
    (
        b"PK\x03\x04",
        "a zip archive or an office document (docx, odt, epub)",
        "save it as plain text or HTML and send that",
    ),
    (b"PK\x05\x06", "an empty zip archive", "send the files themselves, as UTF-8 text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (doc, xls)", "save it as plain text and send that"),
    (b"{\\rtf", "an RTF document", "save it as plain text and send that"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "send the text of the article instead"),
    (b"\xff\xd8\xff", "a JPEG image", "send the text of the article instead"),
    (b"GIF87a", "a GIF image", "send the text of the article instead"),
    (b"GIF89a", "a GIF image", "send the text of the article instead"),
    (b"II*\x00", "a TIFF image", "send the text of the article instead"),
    (b"MM\x00*", "a TIFF image", "send the text of the article instead"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and send the text"),
    (b"BZh", "a bzip2 archive", "unpack it and send the text"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it and send the text"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive", "unpack it and send the text"),
    (b"\x7fELF", "a program", "send the text of the article instead"),
    (b"SQLite format 3\x00", "a database", "send the text of the article instead"),
    (b"OggS", "an audio file", "send a transcript instead"),
    (b"ID3", "an audio file", "send a transcript instead"),
)


def decode(data: bytes) -> str:
    """The text of `data`, with its line endings as they are; a byte order mark is part of the encoding and not of the text.

    Raises `errors.Undecodable`, which says what the bytes look like and what to send instead.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                name = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32"}[encoding]
                raise Undecodable(
                    f"The file begins like {name} but byte {error.start} does not fit; convert it to UTF-8 and send it again."
                ) from None
    for signature, what, advice in _SIGNATURES:
        if data.startswith(signature) and _binary(data, signature):
            raise Undecodable(f"This looks like {what}, not text; {advice}.")
    if data[8:12] == b"WEBP" and data[:4] == b"RIFF":
        raise Undecodable("This looks like a WebP image, not text; send the text of the article instead.")
    if data[4:8] == b"ftyp":
        raise Undecodable("This looks like a video or a HEIC image, not text; send the text of the article instead.")
    if b"\x00" in data:
        raise Undecodable(
            "This contains NUL bytes: a binary file, or UTF-16 without a byte order mark; convert it to UTF-8 text and send it again."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Undecodable(
            f"Byte {error.start} is not UTF-8 (the file may be in an older encoding such as Latin-1, Windows-1252 or Shift JIS); "
            "convert it to UTF-8 and send it again."
        ) from None


def _binary(data: bytes, signature: bytes) -> bool:
    """Whether bytes that begin with a signature are that file: `BZh`, `ID3` and `OggS` may also begin a plain text."""
    if len(signature) > 4 or any(byte > 126 or byte < 9 for byte in signature):
        return True
    head = data[:4096]
    return b"\x00" in head or any(byte < 9 for byte in head)
