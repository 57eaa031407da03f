#!/usr/bin/env python3
import os

from interpreter import use_one_with_django

if __name__ == "__main__":
    use_one_with_django()
    import sys

    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")
    execute_from_command_line(sys.argv)
