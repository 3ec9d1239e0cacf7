"""Files that come in: what is inside decides, what they tell in secret goes, the rest stays out."""

import io
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings as django_settings
from PIL import Image, ImageFile

from beffroi.documents import services as documents
from beffroi.documents.enums import ScanState
from beffroi.documents.intake import MOST_BYTES, FileRefused, clean_file
from beffroi.documents.models import Attachment

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
# Written in two parts, so that no scanner stops at this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def photo(kind: str = "JPEG") -> bytes:
    """A photo that knows where and by whom it was taken."""
    image = Image.new("RGB", (64, 48), "teal")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned
    exif[0x013B] = "Lucie Baudour"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 27.0, 15.0), 3: "E", 4: (3.0, 57.0, 8.0)})
    out = io.BytesIO()
    image.save(out, format=kind, exif=exif)
    return out.getvalue()


def pdf(*, javascript: bool = False, packed: bool = False, password: str = "") -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Author"] = "Lucie Baudour"
    if javascript:
        action = made.make_indirect(
            pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        )
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
        made.Root.OpenAction = action
        made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", action]))
        made.pages[0].AA = pikepdf.Dictionary(O=action)
        made.pages[0].Annots = pikepdf.Array(
            [
                made.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=launch)),
                pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action),
            ]
        )
        made.attachments["virus.exe"] = b"MZ"
    out = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    lock = pikepdf.Encryption(owner=password, user=password) if password else False
    made.save(out, object_stream_mode=mode, encryption=lock)
    return out.getvalue()


def plain(content: bytes) -> bytes:
    """The PDF with nothing packed, so that what it holds can be read."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as read:
        read.save(
            out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )  # fmt: skip
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photo_loses_place_and_author_and_stands_upright(kind: str) -> None:
    given = photo(kind)
    with Image.open(io.BytesIO(given)) as before:
        assert before.getexif().get_ifd(0x8825)
    clean = clean_file("photo.jpg", given)
    with Image.open(io.BytesIO(clean.content)) as after:
        assert (dict(after.getexif()), after.size, after.format) == ({}, (48, 64), kind)
    assert b"Lucie" not in clean.content


@pytest.mark.parametrize("packed", [False, True])
def test_pdf_is_disarmed(packed: bool) -> None:
    content = plain(clean_file("a.pdf", pdf(javascript=True, packed=packed)).content)
    for left in (b"JavaScript", b"app.alert", b"Launch", b"calc.exe", b"virus", b"Lucie"):
        assert left not in content
    with pikepdf.open(io.BytesIO(content)) as read:
        assert len(read.pages) == 1


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", _zip()), ("a.jpg", b"MZ\x90\x00" + b"\0" * 200), ("a.png", b"<svg onload='x'/>"),
        ("a.pdf", b"<html><script>1</script>"), ("a.pdf", b"%PDF-1.7 broken"), ("a.pdf", b""),
        ("a.docx", _zip()), ("a.jpg", b"\xff\xd8\xff\xe0 broken"), ("a.gif", b"GIF89a" + b"\0" * 50),
        ("a.txt", b"hello"),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_is_refused_in_words(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        clean_file(name, content)
    assert len(str(refused.value)) >= 20


@pytest.mark.parametrize(("kind", "before"), [(b"zTXt", b"a\0\0"), (b"iTXt", b"a\0\1\0\0\0")])
def test_picture_with_a_text_that_swells_is_refused_in_words(
    kind: bytes, before: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        ImageFile, "LOAD_TRUNCATED_IMAGES", False
    )  # as it is before any PDF is made
    plain = io.BytesIO()
    Image.new("RGB", (4, 4)).save(plain, "PNG")
    content, body = plain.getvalue(), before + zlib.compress(b"0" * 80_000_000, 9)
    bomb = len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
    with pytest.raises(FileRefused):
        clean_file("carte.png", content[:33] + bomb + content[33:])


def test_zip_behind_a_pdf_is_dropped() -> None:
    clean = clean_file("a.pdf", pdf() + _zip())
    assert b"PK\x03\x04" not in clean.content


def test_eight_megabytes_pass_and_one_byte_more_does_not() -> None:
    given = pdf()
    filled = given + b"\n%" + b"x" * (MOST_BYTES - len(given) - 2)
    assert len(filled) == MOST_BYTES
    assert clean_file("a.pdf", filled).content_type == "application/pdf"
    with pytest.raises(FileRefused, match="8 Mo"):
        clean_file("a.pdf", filled + b"x")


def test_pdf_with_a_password_is_refused_with_what_to_do() -> None:
    with pytest.raises(FileRefused) as refused:
        clean_file("a.pdf", pdf(password="1234"))
    assert "mot de passe" in str(refused.value)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("bail.pdf", "bail.pdf"), ("../../etc/passwd", "passwd.pdf"), ("C:\\x\\bail.exe", "bail.pdf"),
        ("bail.pdf.exe", "bail.pdf.pdf"), ("facture\u202efdp.exe", "facturefdp.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"), ("", "document.pdf"), ("....", "document.pdf"),
        ("é" * 300 + ".pdf", "é" * 120 + ".pdf"),
    ],
)  # fmt: skip
def test_name_is_kept_as_people_read_it(given: str, kept: str) -> None:
    assert clean_file(given, pdf()).name == kept


def _receive(content: bytes, name: str = "a.pdf") -> Attachment:
    return documents.receive_file(name=name, content=content, received_from="x", at=NOW)


@pytest.mark.django_db
def test_eicar_never_comes_out() -> None:
    kept = _receive(pdf() + EICAR)
    assert (kept.state, kept.scanned_at) == (ScanState.REFUSED, NOW)
    with pytest.raises(FileRefused):
        _receive(EICAR, "eicar.pdf")


@pytest.mark.django_db
def test_without_a_scanner_everything_stays_in_quarantine(settings: object) -> None:
    settings.BEFFROI_SCANNER = "beffroi.documents.scanners.NoScanner"  # type: ignore[attr-defined]
    kept = _receive(pdf())
    assert (kept.state, kept.scanned_at) == (ScanState.QUARANTINED, None)
    assert documents.scan_waiting(at=NOW) == 0
    settings.BEFFROI_SCANNER = "beffroi.documents.scanners.SignatureScanner"  # type: ignore[attr-defined]
    assert documents.scan_waiting(at=NOW) == 1
    kept.refresh_from_db()
    assert kept.state == ScanState.CLEAN


@pytest.mark.django_db
def test_scanner_that_does_not_answer_leaves_the_file_aside(settings: object) -> None:
    settings.BEFFROI_SCANNER = "beffroi.documents.scanners.ClamdScanner"  # type: ignore[attr-defined]
    settings.BEFFROI_CLAMD = ("127.0.0.1", 1)  # type: ignore[attr-defined]
    assert _receive(pdf()).state == ScanState.QUARANTINED


@pytest.mark.django_db
def test_bytes_without_a_row_are_swept_after_a_day() -> None:
    kept = _receive(pdf())
    folder = Path(django_settings.BEFFROI_PRIVATE_FILES) / "attachments" / "2026"
    folder.mkdir(parents=True, exist_ok=True)
    orphan = folder / "orphan.bin"
    orphan.write_bytes(b"left")
    written = datetime.fromtimestamp(orphan.stat().st_mtime, UTC)
    assert documents.sweep_files(at=written + timedelta(hours=23)) == 0
    assert documents.sweep_files(at=written + timedelta(hours=25)) == 1
    assert not orphan.exists()
    assert Path(kept.file.path).exists()


def test_pdf_action_in_a_row_of_actions_is_disarmed_too() -> None:
    made = pikepdf.new()
    made.add_blank_page()
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    row = pikepdf.Array([launch, made.make_indirect(pikepdf.Dictionary(launch))])
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://exemple.test", Next=row)
    made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=link)])
    out = io.BytesIO()
    made.save(out)
    content = plain(clean_file("a.pdf", out.getvalue()).content)
    assert b"exemple.test" in content
    assert b"calc.exe" not in content
    assert b"Launch" not in content
