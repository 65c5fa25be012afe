from samband.board.models.snapshot import Snapshot, SnapshotRow

__all__ = ["Snapshot", "SnapshotRow"]
