#!/usr/bin/env python3
"""Runs the example site: makes its database, fills it, and serves. `python3 run.py --help` says more."""
import argparse
import os
import signal
import socket
import sys
from pathlib import Path

from interpreter import HERE, use_one_with_django


def stop_if_taken(port):
    """Ends with a sentence where the port cannot be had, before anything says that the site is there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            sys.exit(f"Port {port} cannot be used ({error}). Choose another one with --port.")


def main():
    parser = argparse.ArgumentParser(description="Serve the example site.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where the database goes")
    arguments = parser.parse_args()
    data = arguments.data.resolve()

    use_one_with_django()
    stop_if_taken(arguments.port)
    os.environ["DJANGO_SETTINGS_MODULE"] = "journal.settings"
    os.environ["DJANGO_DATA_DIR"] = str(data)
    data.mkdir(parents=True, exist_ok=True)

    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("seed")
    if not settings.OGPLUS_CONNECTION_URL:
        print(
            "OGPLUS_CONNECTION_URL is not set, so the pages carry no og:image.\n"
            f"Get one with: npx ogplus site create http://localhost:{arguments.port}"
        )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"The site is at http://localhost:{arguments.port}/", flush=True)
    # No reloader: one process, which a signal ends.
    call_command("runserver", f"127.0.0.1:{arguments.port}", use_reloader=False, verbosity=0)


if __name__ == "__main__":
    main()
