"""Assertions about tags and caching, for Django's tests: `class Cards(CardAssertions, TestCase)`. Copy it into your project."""
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

REQUIRED = ("og:title", "og:image")
CARD_PATH = re.compile(r"^/api/websites/v1/domain/[^/]+/image")


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = {}
        self.templates = 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = (attrs.get("property") or attrs.get("name") or "").strip().lower()
        if tag == "template":
            self.templates += 1
        elif tag == "meta" and name and not self.templates:
            self.found.setdefault(name, attrs.get("content") or "")

    def handle_endtag(self, tag):
        if tag == "template":
            self.templates -= 1


def read_tags(response):
    """The page's meta tags, by name; the first of each name counts."""
    parser = _Tags()
    parser.feed(response.content.decode(response.charset))
    return parser.found


def kept_for(response):
    """Seconds for which the card is served without a request to the site; 0 if each crawler causes one."""
    tag = read_tags(response).get("og:plus:cache:max_age", "").strip()
    if re.fullmatch(r"[0-9]+", tag):
        return int(tag)
    # RFC 9213: CDN-Cache-Control replaces Cache-Control.
    field = response.get("CDN-Cache-Control") or response.get("Cache-Control", "")
    directives = {}
    for member in field.lower().split(","):
        name, _, value = member.strip().partition("=")
        directives.setdefault(name, value.strip('"'))
    if directives.keys() & {"no-store", "private", "no-cache"}:
        return 0
    for name in ("s-maxage", "max-age"):
        if re.fullmatch(r"[0-9]+", directives.get(name, "")):
            return int(directives[name])
    return 0


class CardAssertions:
    def assertOgTag(self, response, name, content=None):
        """The page has this tag, with this content if one is given."""
        tags = read_tags(response)
        self.assertIn(name, tags, f"The page has no tag {name}.")
        if content is not None:
            self.assertEqual(tags[name], content)

    def assertOpenGraphTags(self, response):
        """The page has what a card needs."""
        tags = read_tags(response)
        missing = [name for name in REQUIRED if not tags.get(name, "").strip()]
        self.assertFalse(missing, f"The page lacks {', '.join(missing)}.")
        self.assertIn(urlsplit(tags["og:image"]).scheme, ("http", "https"), "og:image is not an absolute address.")

    def assertCardOf(self, response, target):
        """`og:image` is the card of the page at this path and query."""
        image = urlsplit(read_tags(response).get("og:image", ""))
        found = CARD_PATH.sub("", image.path) or "/"
        query = "&".join(part for part in image.query.split("&") if part and not part.startswith("ogplus_"))
        self.assertEqual(f"{found}?{query}" if query else found, target)

    def assertKeepsCardFor(self, response, seconds):
        """The card is kept for exactly so many seconds; 0: each crawler reaches the site."""
        found = kept_for(response)
        sent = response.get("CDN-Cache-Control") or response.get("Cache-Control") or "no Cache-Control"
        self.assertEqual(found, seconds, f"The card is kept for {found} seconds, because the page says: {sent}.")
