#!/usr/bin/env python3
"""Runs the example site: makes its database, fills it, and serves. `python3 run.py --help` says more."""
import argparse
import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def use_an_interpreter_with_django():
    """Starts over with the first Python that has Django, where this one has none."""
    if importlib.util.find_spec("django") is not None:
        return
    for python in (HERE / ".venv/bin/python", Path("/usr/bin/python3")):
        found = python.exists() and subprocess.run(
            [str(python), "-c", "import django"], stderr=subprocess.DEVNULL
        ).returncode == 0
        if found:
            os.execv(str(python), [str(python), *sys.argv])
    sys.exit("Django is missing. Install it: apt install python3-django, or pip install django.")


def main():
    parser = argparse.ArgumentParser(description="Serve the example site.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", default=str(HERE / "data"), help="where the database goes")
    arguments = parser.parse_args()

    use_an_interpreter_with_django()
    os.chdir(HERE)
    sys.path.insert(0, str(HERE))
    os.environ["DJANGO_SETTINGS_MODULE"] = "journal.settings"
    os.environ["DJANGO_DATA_DIR"] = arguments.data
    Path(arguments.data).mkdir(parents=True, exist_ok=True)

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
