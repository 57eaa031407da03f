"""Settings of the example site; everything that differs between machines comes from the environment."""
import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DJANGO_DATA_DIR", BASE_DIR / "data"))

# Nothing here outlives a run, so a new key for each run does no harm.
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY") or secrets.token_urlsafe(50)
DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

# The address that `ogplus site create` gave; the og:image of each page begins with it.
OGPLUS_CONNECTION_URL = os.environ.get("OGPLUS_CONNECTION_URL", "").rstrip("/")

INSTALLED_APPS = ["django.contrib.staticfiles", "journal"]
MIDDLEWARE = [
    # Above whatever computes an ETag: it compresses with random bytes, so that an ETag of its bytes would always change.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "journal.middleware.keep_parts",
]
ROOT_URLCONF = "journal.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "journal.context_processors.opengraph",
            ]
        },
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "site.sqlite"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
