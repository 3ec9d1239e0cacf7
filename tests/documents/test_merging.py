"""Files joined as one keep what a screen reader follows."""

from collections import Counter
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from beffroi.documents.letters.printing import sheet_pdf
from beffroi.documents.merging import Part, merged
from beffroi.documents.pdf import render_pdf

_LONG = (
    '<article class="sheet" lang="fr"><h1>Votre aide</h1>'
    '<p>Voyez <a href="https://www.cpas.mons.be/">le site</a>.</p>'
    + "<p>Une phrase.</p>" * 60
    + '<table><tr><th scope="col">Mois</th></tr><tr><td>Mai</td></tr></table></article>'
)
_SHORT = '<article class="sheet" lang="nl"><h1>Uw steun</h1><p>Goede dag.</p></article>'


@pytest.fixture(scope="module")
def whole() -> bytes:
    long = sheet_pdf(_LONG, lang="fr", title="Votre aide", foot="L1")
    short = sheet_pdf(_SHORT, lang="nl", title="Uw steun", foot="L2")
    parts = [Part("L1 Anne", long), Part("L2 Piet", short), Part("L3 Anne", long)]
    return merged(parts, title="Index de mars", lang="fr", author="CPAS de Mons")


def _leaves(element: Any) -> list[tuple[Any, Any]]:
    """Each piece of content with the page of its tag: a number, or a link."""
    kids = element.K if isinstance(element.get("/K"), pikepdf.Array) else [element.get("/K")]
    found = []
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != pikepdf.Name.OBJR:
            assert kid.P.objgen == element.objgen
            found += _leaves(kid)
        elif kid is not None:
            found.append((element.Pg.objgen, kid))
    return found


def test_merge_sets_the_flags_of_an_accessible_file(whole: bytes) -> None:
    with pikepdf.open(BytesIO(whole)) as pdf, pdf.open_metadata() as said:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "fr"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert (said["dc:title"], said["{http://www.aiim.org/pdfua/ns/id/}part"]) == (
            "Index de mars", "1",
        )  # fmt: skip
        assert pdf.pdf_version == "1.7"
        assert pdf.check_pdf_syntax() == []


def test_merge_keeps_each_file_whole_and_in_its_language(whole: bytes) -> None:
    with pikepdf.open(BytesIO(whole)) as pdf:
        [document] = pdf.Root.StructTreeRoot.K
        assert (str(document.S), document.P.objgen) == ("/Document", pdf.Root.StructTreeRoot.objgen)
        parts = [(str(p.S), str(p.T), str(p.Lang)) for p in document.K]
        assert parts == [
            ("/Part", "L1 Anne", "fr"), ("/Part", "L2 Piet", "nl"), ("/Part", "L3 Anne", "fr"),
        ]  # fmt: skip
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        seen = [{pages[page] for page, _kid in _leaves(part)} for part in document.K]
        assert seen == [{0, 1}, {2}, {4, 5}]
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["L1 Anne", "L2 Piet", "L3 Anne"]


def test_merge_names_the_tag_of_each_piece_of_each_page_and_link(whole: bytes) -> None:
    with pikepdf.open(BytesIO(whole)) as pdf:
        root = pdf.Root.StructTreeRoot
        nums = list(root.ParentTree.Nums)
        by_number = {int(n): tagged for n, tagged in zip(nums[::2], nums[1::2], strict=True)}
        assert len(by_number) * 2 == len(nums)
        assert max(by_number) + 1 == int(root.ParentTreeNextKey)
        named: Counter[Any] = Counter()
        for page in pdf.pages:
            if "/StructParents" not in page.obj:
                assert "/Contents" not in page.obj or not page.Contents.read_bytes().strip()
                continue
            for mark, tag in enumerate(by_number[int(page.obj.StructParents)]):
                assert tag.Pg.objgen == page.obj.objgen
                assert mark in [int(k) for k in tag.K if not isinstance(k, pikepdf.Dictionary)]
            named[int(page.obj.StructParents)] += 1
            for note in page.obj.get("/Annots", []):
                tag = by_number[int(note.StructParent)]
                assert tag.K[0].Obj.objgen == note.objgen
                named[int(note.StructParent)] += 1
        assert named == Counter(by_number.keys())


def test_merge_refuses_a_file_without_tags() -> None:
    bare = render_pdf("<!doctype html><title>x</title><p>x", tagged=False)
    with pytest.raises(ValueError, match="no tags"):
        merged([Part("x", bare)], title="x", lang="fr", author="x")
