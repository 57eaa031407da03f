from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from journal.models import Entry


class Command(BaseCommand):
    help = "Changes an entry's title, as an editor would: python3 manage.py edit post reading-a-lighthouse --title New"

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=[kind for kind, _ in Entry.KINDS])
        parser.add_argument("slug")
        parser.add_argument("--title", required=True)

    def handle(self, *args, kind, slug, title, **options):
        try:
            entry = Entry.objects.filter(kind=kind, slug=slug).first()
        except OperationalError:
            raise CommandError("There is no database yet. Run run.py once.") from None
        if entry is None:
            raise CommandError(f"There is no {kind} {slug}.")
        entry.title = title
        entry.save()
        self.stdout.write(f"{entry.get_absolute_url()} is now called {title}.")
