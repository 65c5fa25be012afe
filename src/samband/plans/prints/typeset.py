"""From plain values to a PDF. Typst runs in the process and reads nothing but the layouts and the fonts."""

import json
from pathlib import Path
from typing import Any, Final

from samband.core import clock
from samband.core.paper import fonts

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
