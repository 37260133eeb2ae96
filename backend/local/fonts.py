"""Makes the fonts of printed documents: `python -m backend.local.fonts`.

The portal's own web fonts, which typst cannot read as woff2, and one that has all letters of names. Production has no
fonts and no Node, so the result is committed, with a list of what it can show. Run it again after an update.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "node_modules" / "@fontsource"
# has every letter and every mark of DIN 91379, which the web fonts have not
LAST_RESORT = ROOT / "node_modules" / "dejavu-fonts-ttf"
LAST_RESORT_FILES = {400: "DejaVuSans.ttf", 600: "DejaVuSans-Bold.ttf"}
LAST_RESORT_RANGES = (
    (0x20, 0x36F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2190, 0x2199), (0x2212, 0x2212),
    (0x25A1, 0x25A1), (0x2713, 0x2717), (0xFFFD, 0xFFFD),
)  # fmt: skip
TARGET = ROOT / "backend" / "core" / "fonts"
WEIGHTS = (400, 600)
FAMILIES = {
    "fira-sans": ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek"),
    "noto-sans-arabic": ("arabic",),
}
INVISIBLE = {0x0A, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069, 0xAD}

CONTROL = {*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0)}


def make(folder: Path) -> set[int]:
    """Write one font per family and weight; the code points that every weight of some family has."""
    shown: set[int] = set()
    for family, subsets in FAMILIES.items():
        weights = [_merged(family, subsets, weight, folder) for weight in WEIGHTS]
        shown |= set.intersection(*weights)
        shutil.copy(SOURCE / family / "LICENSE", folder / f"{family}.LICENSE")
    shown |= set.intersection(*(_last_resort(weight, folder) for weight in WEIGHTS))
    shutil.copy(LAST_RESORT / "LICENSE", folder / "dejavu-sans.LICENSE")
    return (shown | INVISIBLE) - CONTROL


def ranges(points: set[int]) -> list[tuple[int, int]]:
    """Code points as inclusive ranges."""
    found: list[tuple[int, int]] = []
    for point in sorted(points):
        if found and found[-1][1] == point - 1:
            found[-1] = (found[-1][0], point)
        else:
            found.append((point, point))
    return found


def _merged(family: str, subsets: tuple[str, ...], weight: int, folder: Path) -> set[int]:
    with tempfile.TemporaryDirectory() as parts:
        paths = []
        for subset in subsets:
            font = TTFont(SOURCE / family / "files" / f"{family}-{subset}-{weight}-normal.woff2")
            font.flavor = None
            paths.append(str(Path(parts) / f"{subset}.ttf"))
            font.save(paths[-1])
        made = Merger().merge(paths) if len(paths) > 1 else TTFont(paths[0])
        made.save(folder / f"{family}-{weight}.ttf")
        return set(made.getBestCmap() or {})


def _last_resort(weight: int, folder: Path) -> set[int]:
    font = TTFont(LAST_RESORT / "ttf" / LAST_RESORT_FILES[weight])
    subsetter = Subsetter(Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True))
    subsetter.populate(unicodes=[point for low, high in LAST_RESORT_RANGES for point in range(low, high + 1)])
    subsetter.subset(font)
    font.save(folder / f"dejavu-sans-{weight}.ttf")
    return set(font.getBestCmap() or {})


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    (TARGET / "coverage.json").write_text(json.dumps(ranges(make(TARGET))) + "\n", encoding="ascii")
