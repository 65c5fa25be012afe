"""What the worker's clock does for the audit."""

import logging
from datetime import timedelta

from samband.core.jobs import duty
from samband.core.sealing.keys import SealError
from samband.core.sealing.sealing import seal

log = logging.getLogger(__name__)


@duty("audit.seal", timedelta(minutes=5))
def seal_audit() -> None:
    """Tampering, or a key that is missing, is said in one line each turn; nothing is signed over it."""
    try:
        seal()
    except SealError as error:
        log.error("the audit was not sealed: %s", error)
