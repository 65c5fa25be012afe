"""Folders that the owner alone opens."""

from pathlib import Path


def private(folder: Path) -> None:
    """Make the folder and those above it that are missing, each closed to others.

    `Path.mkdir(mode=…, parents=True)` gives its mode to the last one alone; the others would be open to the machine's users.
    """
    for each in reversed([folder, *folder.parents]):
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)
