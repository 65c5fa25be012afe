"""From plain values to a PDF. Typst runs in the process and reads nothing but the layouts and the fonts."""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from samband.core import clock

HOME = Path(__file__).resolve().parents[1] / "data" / "prints"
LAYOUTS = {"ordinary": "plan", "large": "plan", "easy": "easy", "fridge": "fridge", "card": "card"}
STANDARD: Final = "ua-1"


def pdf(layout: str, content: dict[str, Any]) -> bytes:
    """Set the content in a layout, as PDF/UA-1 with tags; raises when a tag that the standard asks for is missing."""
    import typst

    data = json.dumps({**content, "layout": layout}, ensure_ascii=False)
    compiler = typst.Compiler(
        str(HOME / f"{LAYOUTS[layout]}.typ"), root=str(HOME), font_paths=fonts(), sys_inputs={"data": data}
    )
    made = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=int(clock.now().timestamp()))
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def fonts() -> Any:
    """Read once: Source Sans and the fonts of Typst, then the machine's own for scripts that those have not."""
    import typst

    found = find_spec("font_source_sans_pro")
    home = [str(Path(found.origin).parent / "files")] if found and found.origin else []
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=home)
