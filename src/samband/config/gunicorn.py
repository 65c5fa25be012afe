"""How gunicorn serves Samband. Started by `samband serve`, or `gunicorn -c python:samband.config.gunicorn samband.config.wsgi`.

Threads, as most of a request waits for the database; two processes, so that one heavy page does not hold up the rest.
"""

import os

from gunicorn.glogging import Logger

from samband.core.logs import Scrub


class ServerLog(Logger):
    """gunicorn's logs, scrubbed as ours: no query string and nothing that looks like an identity number, in any line."""

    def setup(self, cfg):
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.addFilter(Scrub())


bind = os.environ.get("SAMBAND_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("SAMBAND_WEB_PROCESSES", "2"))
threads = int(os.environ.get("SAMBAND_WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 20
keepalive = 15
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
accesslog = os.environ.get("SAMBAND_ACCESS_LOG", "-")
errorlog = "-"
loglevel = "warning"
logger_class = ServerLog
# The path without the query string (%(r)s and %(q)s would show a search), and no referrer.
access_log_format = "%(t)s %(h)s %(m)s %(U)s %(s)s %(b)s %(M)sms"
# Only addresses on this machine are believed when they speak of another client.
forwarded_allow_ips = "127.0.0.1,::1"
limit_request_line = 2048


def post_worker_init(worker) -> None:
    """Each web process loads the planner's kernels beside its first requests (SAMBAND_WARM=0: when they are first needed)."""
    if os.environ.get("SAMBAND_WARM", "1") == "0":
        return
    from samband.resources.services import warm

    warm.soon()
