"""The uploads of a moment.

An upload is written before the row that names it is committed, never changed, and removed only after its row. So all files
that a moment of the database knows lie there already, whole. Read out are those that its rows name, and those that lay
there at the moment without a row; what came later belongs to the next backup.
"""

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from samband.core.backup import records
from samband.core.backup.errors import BackupError
from samband.core.backup.newfile import sync_folder
from samband.core.backup.progress import Progress
from samband.core.folders import private

# Lies in uploads that were put in place but whose database was not yet: a restore that was stopped between the two.
MARKER = ".restoring"


def names(folder: Path) -> Iterator[str]:
    """Every ordinary file below it, in a settled order, by its path from there. Links are not followed."""
    for root, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(root) / name
            if stat.S_ISREG(path.lstat().st_mode) and path != folder / MARKER:
                yield path.relative_to(folder).as_posix()


def write(
    out: records.Writer, folder: Path, known: set[str], moment: float, progress: Progress
) -> tuple[int, set[str]]:
    """Puts them into the backup. Gives their number, and the names that rows have but no file."""
    count, seen = 0, set()
    for name in names(folder):
        path = folder / name
        try:
            if name not in known and path.lstat().st_ctime > moment:
                continue
            count += _write_one(out, path, name, name in known, progress)
        except FileNotFoundError:
            continue  # thinned between the list and now, its row before it
        seen.add(name)
    return count, known - seen


def _write_one(out: records.Writer, path: Path, name: str, known: bool, progress: Progress) -> bool:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(file.fileno())
        digest, size = hashlib.sha256(), 0
        out.put_json(b"F", {"name": name})
        # No further than it reached when it was opened: what grows all the while would never end.
        while piece := file.read(min(records.PIECE, before.st_size - size)):
            out.put(b"P", piece)
            digest.update(piece)
            size += len(piece)
            progress.moved(len(piece))
        after = os.fstat(file.fileno())
    still = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and size == after.st_size
    if known and not still:
        raise BackupError(f"The upload {name} was changed while it was read; uploads are written once.")
    out.put_json(b"E", {"size": size, "sha256": digest.hexdigest(), "kept": still})
    return still


class Stage:
    """Uploads built beside their place, then moved there whole."""

    def __init__(self, target: Path, ident: str):
        self.target, self.folder, self.count = target, target.with_name(f"{target.name}.restoring"), 0
        self.ident, self._placed = ident, False
        self._open: tuple[Path, int] | None = None
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700, parents=True)

    def begin(self, name: str) -> None:
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts or not pure.parts or name == MARKER:
            raise BackupError("The backup has an upload that would lie outside the uploads.")
        path = self.folder / pure
        private(path.parent)
        self._open = path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._digest, self._size = hashlib.sha256(), 0

    def piece(self, data: bytes) -> None:
        assert self._open
        self._digest.update(data)
        self._size += len(data)
        view = memoryview(data)
        while view:
            view = view[os.write(self._open[1], view) :]

    def end(self, told: dict) -> None:
        """What was written is what was read, or all of it is refused."""
        assert self._open
        path, handle = self._open
        os.fsync(handle)
        os.close(handle)
        self._open = None
        if not told["kept"]:
            path.unlink()
            return
        if (self._size, self._digest.hexdigest()) != (told["size"], told["sha256"]):
            raise BackupError(f"The upload {path.relative_to(self.folder)} is not what was backed up.")
        self.count += 1

    def take(self, kind: bytes, data: bytes) -> None:
        """One record of an upload."""
        if kind == b"P":
            self.piece(data)
        else:
            told = json.loads(data)
            self.begin(told["name"]) if kind == b"F" else self.end(told)

    def place(self) -> None:
        """In one step, with the marker in it; only an empty folder is replaced."""
        (self.folder / MARKER).write_text(self.ident)
        sync_folder(self.folder)
        os.rename(self.folder, self.target)
        self._placed = True
        sync_folder(self.target.parent)

    def settle(self) -> None:
        """The database is in place too."""
        (self.target / MARKER).unlink()
        self._placed = False

    def undo(self) -> None:
        """Back to how it was: nothing."""
        if self._open:
            os.close(self._open[1])
        shutil.rmtree(self.target if self._placed else self.folder, ignore_errors=True)


def clear_unfinished(folder: Path, ident: str) -> None:
    """Takes away what a stopped restore of the same backup put in place and nobody touched since. Nothing is lost by it."""
    marker = folder / MARKER
    if not marker.exists() or marker.read_text() != ident:
        return
    placed = marker.lstat().st_ctime_ns
    if all((folder / name).lstat().st_ctime_ns <= placed for name in names(folder)):
        shutil.rmtree(folder)


def what_is_there(folder: Path) -> str:
    """In words, if it is not empty."""
    found = sorted(os.listdir(folder)) if folder.exists() else []
    return f"{folder} is not empty ({len(found)} there, such as {found[0]})" if found else ""
