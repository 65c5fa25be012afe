"""The `samband` command: Samband's operations and all of Django's own commands."""

import os
import sys


def main() -> None:
    """Run a management command with Samband's settings (`samband migrate`, `samband demo`, …)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samband.config.settings")
    from django.core.management import execute_from_command_line

    # Our commands are modules and so have no hyphen; typed, they have.
    execute_from_command_line([sys.argv[0], *(word.replace("-", "_") for word in sys.argv[1:2]), *sys.argv[2:]])


if __name__ == "__main__":
    main()
