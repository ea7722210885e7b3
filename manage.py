#!/usr/bin/env python
"""Django's command line for casemgr."""

import os
import sys

from config.environment import SettingsError


def main() -> None:
    """Run one management command under the settings of this project."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except SettingsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
