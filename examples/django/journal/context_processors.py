from django.conf import settings


def opengraph(request):
    """The address of the page's card: the connection address with the page's own path and query behind it."""
    base = settings.OGPLUS_CONNECTION_URL
    return {"card_url": f"{base}{request.get_full_path()}" if base else ""}
