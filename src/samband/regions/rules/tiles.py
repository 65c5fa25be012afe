"""Sweden as tiles: one of the same size for each region, placed so that neighbours stay neighbours. Pure; no geodata.

Keyed by the county's code of SCB. Gotland lies out in the sea, half a tile from the coast.
"""

from dataclasses import dataclass

SIZE = 66  # of a tile, in the picture's own units; the gap is 4
STEP = 70
# code: (column, row, the name as it fits on a tile)
PLACES: dict[str, tuple[float, float, str]] = {
    "25": (2, 0, "Norrb."),
    "24": (2, 1, "Västerb."),
    "23": (1, 2, "Jämtland"),
    "22": (2, 2, "Västern."),
    "20": (1, 3, "Dalarna"),
    "21": (2, 3, "Gävleb."),
    "17": (0, 4, "Värmland"),
    "18": (1, 4, "Örebro"),
    "19": (2, 4, "Västm."),
    "03": (3, 4, "Uppsala"),
    "14": (0, 5, "V. Götal."),
    "05": (1, 5, "Östergötl."),
    "04": (2, 5, "Sörmland"),
    "01": (3, 5, "Stockh."),
    "13": (0, 6, "Halland"),
    "06": (1, 6, "Jönköp."),
    "08": (2, 6, "Kalmar"),
    "09": (3.5, 6.5, "Gotland"),
    "12": (0, 7, "Skåne"),
    "07": (1, 7, "Kronob."),
    "10": (2, 7, "Blekinge"),
}
WIDTH = int(4.5 * STEP)
HEIGHT = 8 * STEP


@dataclass(frozen=True)
class Tile:
    """Where a region's tile stands: `x`, `y` of its corner, the middle for words."""

    code: str
    x: float
    y: float
    short: str

    @property
    def middle(self) -> float:
        return self.x + SIZE / 2

    @property
    def name_y(self) -> float:
        return self.y + 24

    @property
    def count_y(self) -> float:
        return self.y + 48


def tile(code: str) -> Tile | None:
    """None for a code that Sweden's counties do not have."""
    if code not in PLACES:
        return None
    column, row, short = PLACES[code]
    return Tile(code, column * STEP + 2, row * STEP + 2, short)
