"""Takes a file in: its size, its type by content, its bytes without what they tell in secret."""

import io
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import puremagic
from django.utils.translation import gettext as _

from beffroi.core.errors import InvalidInput
from beffroi.core.later import later

if TYPE_CHECKING:
    import pikepdf
    import PIL
    from PIL import Image, ImageOps
else:
    PIL, Image, ImageOps = later("PIL"), later("PIL.Image"), later("PIL.ImageOps")
    pikepdf = later("pikepdf")

MOST_BYTES = 8 * 1024 * 1024
_MOST_PIXELS = 60_000_000
_IMAGES = {
    "JPEG": ("image/jpeg", ".jpg"),
    "PNG": ("image/png", ".png"),
    "WEBP": ("image/webp", ".webp"),
}
#: Scripts, actions that start by themselves, files inside the file, and metadata.
_NOT_KEPT = (
    "/AA", "/AF", "/AcroForm", "/FS", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/Metadata", "/Names",
    "/OpenAction", "/PieceInfo", "/RichMediaContent", "/XFA",
)  # fmt: skip
_ACTIONS_NOT_KEPT = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR")
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp"


class FileRefused(InvalidInput):
    """The file cannot be taken; the words say why and what to send instead."""


@dataclass(frozen=True)
class CleanFile:
    """A file whose type was read in its content and whose metadata are gone."""

    name: str
    content_type: str
    content: bytes


def clean_file(name: str, content: bytes) -> CleanFile:
    """This function will give the file without its metadata. Raises: FileRefused in words."""
    if not content:
        raise FileRefused(_("Ce fichier est vide."))
    if len(content) > MOST_BYTES:
        raise FileRefused(
            _("Ce fichier est trop lourd : 8 Mo au plus."),
            todo=_("Prenez une photo moins grande, ou envoyez les pages une à une."),
        )
    stem = _stem(name)
    if content[:1024].find(b"%PDF-") >= 0:
        return CleanFile(f"{stem}.pdf", "application/pdf", _clean_pdf(content))
    return _clean_image(stem, content)


def _stem(name: str) -> str:
    """The name as people read it: no path, no suffix, no sign that hides or turns letters round."""
    last = PurePath(name.replace("\\", "/")).stem
    visible = "".join(c for c in last if c.isprintable() and unicodedata.category(c) != "Cf")
    return visible[:120].strip(" .") or "document"


def _clean_pdf(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            for one in pdf.objects:
                _disarm(one)
            pdf.remove_unreferenced_resources()
            out = io.BytesIO()
            pdf.save(out)
    except pikepdf.PasswordError as error:
        raise FileRefused(
            _("Ce PDF est protégé par un mot de passe : nous ne pourrions pas l’ouvrir."),
            todo=_("Envoyez-le sans mot de passe, ou une photo du document."),
        ) from error
    except pikepdf.PdfError as error:
        raise FileRefused(
            _("Ce PDF est abîmé : nous ne parvenons pas à le lire."),
            todo=_("Envoyez une photo du document."),
        ) from error
    return out.getvalue()


def _disarm(one: Any) -> None:
    """Takes out of an object of a PDF what runs, what is hidden in it, what tells of its author."""
    if isinstance(one, pikepdf.Array):
        held = list(one)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        if one.get("/S") in _ACTIONS_NOT_KEPT:  # one of several that follow each other
            for key in list(one.keys()):
                if key not in ("/Length", "/Filter", "/DecodeParms"):
                    del one[key]
        for key in list(one.keys()):
            action = one[key]
            runs = isinstance(action, pikepdf.Dictionary) and action.get("/S") in _ACTIONS_NOT_KEPT
            if key in _NOT_KEPT or runs:
                del one[key]
        held = [one[key] for key in list(one.keys())]
    else:
        return
    for inner in held:
        if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
            _disarm(inner)


def _clean_image(stem: str, content: bytes) -> CleanFile:
    try:
        with Image.open(io.BytesIO(content)) as image:
            kind = str(image.format)
            if kind not in _IMAGES or image.width * image.height > _MOST_PIXELS:
                raise FileRefused(_wrong_type(content))
            upright = ImageOps.exif_transpose(image)
            plain = Image.new(upright.mode, upright.size)
            plain.paste(upright)
            if upright.mode == "P" and (palette := upright.getpalette()):
                plain.putpalette(palette)
            out = io.BytesIO()
            plain.save(out, format=kind, **({"quality": 88} if kind != "PNG" else {}))
    except (
        PIL.UnidentifiedImageError,
        OSError,
        Image.DecompressionBombError,
        SyntaxError,
        ValueError,  # a text in it that swells when it is unpacked
    ) as error:
        raise FileRefused(_wrong_type(content)) from error
    content_type, suffix = _IMAGES[kind]
    return CleanFile(f"{stem}{suffix}", content_type, out.getvalue())


def _wrong_type(content: bytes) -> str:
    try:
        found = puremagic.from_string(content[:4096]).lstrip(".")
    except (puremagic.PureError, ValueError):
        found = ""
    what = _("Ce fichier est de type « %(type)s ».") % {"type": found} if found else ""
    return " ".join(
        part
        for part in (what, _("Nous acceptons les PDF et les photos (JPEG, PNG, WebP)."))
        if part
    )
