"""axe-core from npm, pinned by version and integrity hash; kept in var/, never committed."""

import base64
import hashlib
import subprocess
import tarfile
from pathlib import Path

VERSION = "4.14.1"
INTEGRITY = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
HOME = Path(__file__).resolve().parents[2] / "var" / "axe"


def script() -> str:
    """The text of axe.min.js, fetched once with `npm pack`. Raises if what came is not what was pinned."""
    kept = HOME / f"axe-{VERSION}.min.js"
    if kept.exists():
        return kept.read_text()
    HOME.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", f"axe-core@{VERSION}", "--silent", "--pack-destination", str(HOME)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    archive = HOME / f"axe-core-{VERSION}.tgz"
    digest = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != INTEGRITY:
        raise RuntimeError(f"axe-core {VERSION} is not the pinned one: {digest}")
    with tarfile.open(archive) as bundle:
        member = bundle.extractfile("package/axe.min.js")
        assert member is not None
        kept.write_bytes(member.read())
    archive.unlink()
    return kept.read_text()
