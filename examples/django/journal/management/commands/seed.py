from django.core.management.base import BaseCommand

from journal.models import Entry

ENTRIES = [
    ("post", "reading-a-lighthouse", "Reading a lighthouse", "ada", 212,
     "Every light has a rhythm of its own, and a chart that spells it out.",
     "A lighthouse says where it is by how it blinks. Two flashes every ten seconds is one place on the coast and no "
     "other. Count, look at the chart, and you know where you are."),
    ("post", "why-maps-lie-flat", "Why maps lie, flat or not", "grace", 28,
     "A globe cannot be unrolled. Each projection chooses what to get wrong.",
     "Mercator keeps angles and gives up sizes; equal-area maps do the opposite. A map is not true or false, it is "
     "fit for a purpose or not."),
    ("note", "spring-tides", "Spring tides come at new moon", "ada", 168,
     "And at full moon: the sun and the moon then pull along one line.",
     "The word has nothing to do with the season. The water springs up, twice a month."),
    ("project", "harbour-gauge", "A gauge for the harbour wall", "lin", 262,
     "A float, a tube and a clockwork that draws the tide on paper.",
     "The tube keeps the waves out and lets the tide in. The pen moves a hand's breadth for every metre of water."),
    ("event", "night-of-the-lamps", "Night of the lamps", "grace", 340,
     "The old lamp room opens for one night. Bring a warm coat.",
     "The lens weighs as much as a cart horse and turns with one finger. Doors open at dusk."),
]


class Command(BaseCommand):
    help = "Fills an empty database with something to read."

    def handle(self, *args, **options):
        if Entry.objects.exists():
            return
        for kind, slug, title, author, hue, summary, body in ENTRIES:
            Entry.objects.create(
                kind=kind, slug=slug, title=title, author=author, hue=hue, summary=summary, body=body
            )
