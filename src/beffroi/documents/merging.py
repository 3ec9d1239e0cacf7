"""Many tagged PDF files as one that is tagged too (PDF/UA-1).

Joining pages alone would lose what a screen reader follows. The tree of tags of each file hangs
here, whole and in its own language, under one tree; pages and links are numbered anew for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from beffroi.core.later import later

if TYPE_CHECKING:
    import pikepdf
else:
    pikepdf = later("pikepdf")

#: In points, for the blank back of a sheet.
_A4 = (595, 842)
_UA = "http://www.aiim.org/pdfua/ns/id/"


@dataclass(frozen=True)
class Part:
    """One file to join, and its name among the bookmarks."""

    title: str
    content: bytes


@dataclass
class _Tree:
    """The tags of the whole, gathered file by file."""

    whole: Any
    parts: list[Any] = field(default_factory=list)
    numbers: list[Any] = field(default_factory=list)
    next_number: int = 0


def merged(parts: Iterable[Part], *, title: str, lang: str, author: str) -> bytes:
    """This function will join tagged PDF files as one, each starting on a right-hand page.

    Raises: ValueError for a file without tags.
    """
    whole = pikepdf.new()
    tree = _Tree(whole)
    starts: list[tuple[str, int]] = []
    for part in parts:
        starts.append((part.title, len(whole.pages)))
        with pikepdf.open(BytesIO(part.content)) as one:
            _join(tree, one, part.title)
    _hang(tree, lang)
    _describe(whole, title, lang, author)
    with whole.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(name, page) for name, page in starts)
    out = BytesIO()
    whole.save(out, min_version="1.7")
    return out.getvalue()


def _join(tree: _Tree, one: Any, title: str) -> None:
    if "/StructTreeRoot" not in one.Root:
        raise ValueError(f"« {title} » has no tags")
    first = len(tree.whole.pages)
    tree.whole.pages.extend(one.pages)  # before the tags: they point at these pages
    tags = tree.whole.copy_foreign(one.Root.StructTreeRoot)
    _number_anew(tree, first, tags.ParentTree)
    top = tags.K if isinstance(tags.K, pikepdf.Array) else [tags.K]
    for element in top:
        element.S, element.Lang = pikepdf.Name.Part, one.Root.get("/Lang", pikepdf.String("fr"))
        element.T = pikepdf.String(title)
        tree.parts.append(element)
    if len(one.pages) % 2:
        tree.whole.add_blank_page(page_size=_A4)


def _number_anew(tree: _Tree, first: int, numbered: Any) -> None:
    """Pages and links name their tags by a number that is theirs alone in the whole."""
    shift = tree.next_number
    pairs = list(numbered.Nums)
    for number, tagged in zip(pairs[::2], pairs[1::2], strict=True):
        tree.numbers += [int(number) + shift, tagged]
        tree.next_number = max(tree.next_number, int(number) + shift + 1)
    for place in range(first, len(tree.whole.pages)):
        page = tree.whole.pages[place].obj
        page.StructParents = int(page.StructParents) + shift
        for note in page.get("/Annots", []):
            if "/StructParent" in note:
                note.StructParent = int(note.StructParent) + shift


def _hang(tree: _Tree, lang: str) -> None:
    whole = tree.whole
    document = whole.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, Lang=lang,
            K=pikepdf.Array(tree.parts),
        )
    )  # fmt: skip
    for part in tree.parts:
        part.P = document
    numbers = whole.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(tree.numbers)))
    root = whole.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array([document]), ParentTree=numbers,
            ParentTreeNextKey=tree.next_number,
        )
    )  # fmt: skip
    document.P = root
    whole.Root.StructTreeRoot = root


def _describe(whole: Any, title: str, lang: str, author: str) -> None:
    whole.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    whole.Root.Lang = lang
    whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    whole.docinfo["/Title"] = title
    with whole.open_metadata(set_pikepdf_as_editor=False) as said:
        said.register_xml_namespace(_UA, "pdfuaid")
        said["dc:title"] = title
        said["dc:creator"] = [author]
        said[f"{{{_UA}}}part"] = "1"
