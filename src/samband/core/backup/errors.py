"""What stands in the way, in one sentence for whoever runs Samband."""


class BackupError(Exception):
    """Nothing was written or changed."""
