"""Finds a Python that has Django: the one in `.venv`, or the system's, which Debian's python3-django installs for."""
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def use_one_with_django():
    """Starts the program over with it, where this interpreter has no Django; ends with a sentence where none has."""
    if importlib.util.find_spec("django") is not None:
        return
    for python in (HERE / ".venv/bin/python", Path("/usr/bin/python3")):
        found = python.exists() and subprocess.run(
            [str(python), "-c", "import django"], stderr=subprocess.DEVNULL
        ).returncode == 0
        if found:
            os.execv(str(python), [str(python), *sys.argv])
    sys.exit("Django is missing. Install it: apt install python3-django, or pip install django.")
