from samband.board.models.chosen import View, Watch
from samband.board.models.marks import Mark, MarkDue
from samband.board.models.snapshot import Snapshot, SnapshotRow

__all__ = ["Mark", "MarkDue", "Snapshot", "SnapshotRow", "View", "Watch"]
