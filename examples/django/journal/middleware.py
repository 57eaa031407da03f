from django.utils.cache import patch_cache_control


def keep_parts(get_response):
    """Middleware of our own: whole parts of the site are kept, unless a view says otherwise."""

    parts = ("/about/", "/help/")

    def middleware(request):
        response = get_response(request)
        if request.path.startswith(parts) and response.status_code == 200 and not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=600, stale_while_revalidate=86400)
        return response

    return middleware
