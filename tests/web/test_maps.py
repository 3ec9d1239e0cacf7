"""Maps: no mark covers another, no name covers anything, and the same places draw the same map."""

from itertools import combinations
from math import hypot

import pytest

from beffroi.directory.middles import middle_of
from beffroi.web import maps
from beffroi.web.place_maps import map_of_localities, map_of_places

LOCALITIES = (
    ("Mons", "7000"), ("Cuesmes", "7033"), ("Jemappes", "7012"), ("Flénu", "7012"), ("Hyon", "7022"),
    ("Nimy", "7020"), ("Ghlin", "7011"), ("Obourg", "7034"), ("Havré", "7021"), ("Ciply", "7024"),
    ("Saint-Symphorien", "7030"), ("Villers-Saint-Ghislain", "7031"), ("Harmignies", "7022"),
    ("Mesvin", "7022"), ("Spiennes", "7032"), ("Maisières", "7020"), ("Saint-Denis", "7034"),
)  # fmt: skip
FEW = [*LOCALITIES[:10], ("Mons", "7000"), ("Mons", "7000")]
MANY = [*LOCALITIES, *[("Mons", "7000")] * 8, *[("Jemappes", "7012")] * 3]


def _apart(drawing: dict) -> float:
    return min(hypot(a["x"] - b["x"], a["y"] - b["y"]) for a, b in combinations(drawing["dots"], 2))


def _box(label: dict) -> tuple[float, float, float, float]:
    half = len(label["text"]) * 7 / 2
    return label["x"] - half, label["y"] - 11, label["x"] + half, label["y"] + 3


def test_marks_of_one_locality_stand_in_a_ring_around_its_middle() -> None:
    marks = [maps.Mark(str(n), 50.45, 3.95, False, "Mons") for n in range(1, 6)]
    drawing = maps.drawn("Carte", "Cinq lieux.", marks)
    first, *others = [(dot["x"], dot["y"]) for dot in drawing["dots"]]
    assert first == (180.0, 180.0)
    assert {round(hypot(x - 180, y - 180)) for x, y in others} == {26}
    assert _apart(drawing) >= 25.9
    assert drawing == maps.drawn("Carte", "Cinq lieux.", marks)


@pytest.mark.parametrize(("places", "radius"), [(FEW, 11), (MANY, 9)])
def test_no_mark_and_no_name_covers_another(places: list, radius: int) -> None:
    drawing = map_of_places("Lieux", [middle_of(*one) for one in places])
    assert (len(drawing["dots"]), drawing["radius"]) == (len(places), radius)
    assert _apart(drawing) >= 2 * radius + 3.8
    boxes = [_box(one) for one in drawing["labels"]]
    dots = [
        (d["x"] - radius, d["y"] - radius, d["x"] + radius, d["y"] + radius)
        for d in drawing["dots"]
    ]
    for a, b in [*combinations(boxes, 2), *((box, dot) for box in boxes for dot in dots)]:
        assert min(a[2], b[2]) - max(a[0], b[0]) < 0.2 or min(a[3], b[3]) - max(a[1], b[1]) < 0.2
    for left, top, right, low in boxes:
        assert (left >= -0.2, top >= -0.2, right <= 360.2, low <= 360.2) == (True,) * 4


def test_each_locality_is_named_once_beside_its_marks() -> None:
    drawing = map_of_places("Lieux", [middle_of(*one) for one in FEW])
    names = [one["text"] for one in drawing["labels"]]
    assert sorted(names) == sorted({name for name, _code in FEW})
    at = {name: dot for (name, _code), dot in zip(FEW, drawing["dots"], strict=True)}
    for label in drawing["labels"]:
        left, top, right, low = _box(label)
        dot = at[label["text"]]
        across = max(left - dot["x"], dot["x"] - right, 0)
        assert hypot(across, max(top - dot["y"], dot["y"] - low, 0)) < 65, label


def test_known_spot_stays_and_one_too_near_is_led_to_its_own() -> None:
    marks = [
        maps.Mark("1", 50.45, 3.95, False, "Mons"), maps.Mark("2", 50.45, 3.95, True, "Mons"),
        maps.Mark("3", 50.4501, 3.95, True, "Mons"), maps.Mark("4", 50.50, 4.05, True, "Obourg"),
    ]  # fmt: skip
    drawing = maps.drawn("Carte", "Quatre lieux.", marks)
    middle, still, led, far = drawing["dots"]
    assert (still["spot"], far["spot"], middle["spot"]) == (None, None, None)
    assert hypot(led["spot"]["x"] - still["x"], led["spot"]["y"] - still["y"]) < 2
    assert _apart(drawing) >= 25.9
    assert [dot["is_exact"] for dot in drawing["dots"]] == [False, True, True, True]


def test_north_is_on_top_and_east_at_the_right() -> None:
    drawing = map_of_places("Lieux", [middle_of("Nimy", "7020"), middle_of("Havré", "7021"), None])
    nimy, havre = drawing["dots"]
    assert nimy["y"] < havre["y"] and nimy["x"] < havre["x"]
    assert drawing["words"].startswith("Carte de Mons, le nord en haut. 2 lieux")
    assert drawing["outline"].count(",") == 95


def test_localities_show_how_many_places_each_has() -> None:
    counts = [("Mons", "7000", 3), ("", "7012", 2), ("Nimy", "7020", 1), ("", "", 4)]
    drawing = map_of_localities("Maisons", counts)
    assert [dot["text"] for dot in drawing["dots"]] == [
        "5",
        "1",
    ]  # 7012 alone is Mons, who knows more
    assert drawing["words"].endswith("Mons (5), Nimy (1)")
    assert drawing["is_counted"]


def test_map_says_when_a_place_is_only_at_the_middle_of_the_commune() -> None:
    assert map_of_places("Lieux", [middle_of("Petit-Bois", "7022")])["has_commune"]
    assert not map_of_places("Lieux", [middle_of("Mons", "7000")])["has_commune"]


@pytest.mark.parametrize("spots", [[], [None, None]])
def test_nothing_is_drawn_without_a_place(spots: list) -> None:
    assert map_of_places("Lieux", spots)["dots"] == []
