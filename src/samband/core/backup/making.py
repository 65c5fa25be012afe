"""`samband backup`: the moment of a database and its uploads into one sealed file."""

import json
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from samband.core.backup import engines, keys, records, sealed, uploads
from samband.core.backup.newfile import new_file
from samband.core.backup.places import Place
from samband.core.backup.progress import Progress


def backup(place: Place, key_file: Path | None, target: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Writes `target`. Gives what the header tells, the number of uploads, and the names that rows have but no file."""
    progress = progress or Progress()
    key = keys.read(key_file)
    assert key_file is not None
    keys.keep_apart(key_file, target, place.uploads)
    with new_file(target) as file, engines.of(place).moment(place, progress) as moment:
        header = {
            "engine": place.engine,
            "at": datetime.fromtimestamp(moment.at, UTC).isoformat(timespec="seconds"),
            "samband": version("samband"),
            "counts": moment.counts,
            **moment.told,
        }
        sealer = sealed.Sealer(file, key, header)
        out = records.Writer(sealer.write)
        size = 0
        for piece in moment.pieces:
            out.put(b"D", piece)
            size += len(piece)
        progress.stage("Uploads")
        count, missing = uploads.write(out, place.uploads, moment.uploads, moment.at, progress)
        out.put(b"Z", json.dumps({"uploads": count, "database": size}).encode())
        sealer.close()
        progress.stage("Putting the backup in place")
    return {**header, "uploads": count, "missing": sorted(missing)}
