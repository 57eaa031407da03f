"""One view for each way in which a Django site says how long its pages stay fresh."""
from django.db.models import Max
from django.http import Http404
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.decorators import decorator_from_middleware, method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import last_modified
from django.views.generic import DetailView, TemplateView

from journal.models import Entry

conditional_get = decorator_from_middleware(ConditionalGetMiddleware)


@cache_control(max_age=86400, public=True)
def index(request):
    """A decorator on a function view: the card is kept for a day, and the site hears nothing until then."""
    return render(request, "journal/index.html", {"entries": Entry.objects.all(), "title": "Tide & Chart"})


@method_decorator(cache_control(max_age=86400, public=True), name="dispatch")
class PostView(DetailView):
    """The same on a class-based view."""

    queryset = Entry.objects.filter(kind="post")
    template_name = "journal/entry.html"
    context_object_name = "entry"


@conditional_get
@cache_control(no_cache=True)
def note(request, slug):
    """
    ConditionalGetMiddleware computes an ETag from the page and answers 304 while it is the same. For a whole site it
    goes into MIDDLEWARE; here it is on one view, so that the others can show other ways.
    """
    entry = get_object_or_404(Entry, kind="note", slug=slug)
    return render(request, "journal/entry.html", {"entry": entry})


def project(request, slug):
    """Headers by hand: an ETag from the row's update time. A page that has not changed is not even rendered."""
    entry = get_object_or_404(Entry, kind="project", slug=slug)
    etag = f'"{entry.version}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = render(request, "journal/entry.html", {"entry": entry})
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=60"
    return response


def event(request, slug):
    """No headers at all: the template's meta tags say how long the card stays fresh, and which version it is."""
    entry = get_object_or_404(Entry, kind="event", slug=slug)
    return render(request, "journal/event.html", {"entry": entry})


def newest_change(request):
    return Entry.objects.aggregate(newest=Max("updated_at"))["newest"]


@last_modified(newest_change)
def archive(request):
    """Only Last-Modified: fresh for a tenth of the page's age, ten minutes at most, then asked conditionally."""
    return render(request, "journal/archive.html", {"entries": Entry.objects.order_by("title"), "title": "Archive"})


@cache_control(no_store=True)
def user(request, name):
    """Somebody's own page: fetched and drawn for every request, and nothing of it is kept."""
    entries = Entry.objects.filter(author=name)
    if not entries:
        raise Http404("There is no such author.")
    return render(request, "journal/user.html", {"name": name, "entries": entries, "title": name})


class AboutView(TemplateView):
    """Says nothing itself: journal/middleware.py keeps this part of the site."""

    template_name = "journal/about.html"
    extra_context = {"title": "About"}
