import type { Framework } from './snippet.ts';

const settings = (connectionUrl: string) => `OGPLUS_CONNECTION_URL = "${connectionUrl}"

TEMPLATES = [
    {
        # …
        "OPTIONS": {
            "context_processors": [
                # … those that are there already
                "mysite.context_processors.opengraph",
            ],
        },
    },
]
`;

const contextProcessor = () => `from django.conf import settings


def opengraph(request):
    return {"card_url": f"{settings.OGPLUS_CONNECTION_URL}{request.get_full_path()}"}
`;

const template = () => `<meta property="og:title" content="{% block og_title %}{{ title }}{% endblock %}">
<meta property="og:description" content="{% block og_description %}{{ summary }}{% endblock %}">
<meta property="og:type" content="article">
<meta property="og:url" content="{{ request.build_absolute_uri }}">
<meta property="og:image" content="{{ card_url }}">
<meta property="og:image:width" content="2400">
<meta property="og:image:height" content="1260">
<meta name="twitter:card" content="summary_large_image">
`;

const views = () => `from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import DetailView


@cache_control(public=True, max_age=3600)
def index(request): ...


@method_decorator(cache_control(public=True, max_age=3600), name="dispatch")
class PostView(DetailView): ...
`;

const middleware = () => `MIDDLEWARE = [
    "django.middleware.http.ConditionalGetMiddleware",
    # … those that are there already
]
`;

export const django: Framework = {
  id: 'django',
  name: 'Django',
  tags: [
    { id: 'djangoSettings', file: 'mysite/settings.py', code: settings },
    { id: 'djangoContext', file: 'mysite/context_processors.py', code: contextProcessor },
    { id: 'djangoTemplate', file: 'templates/base.html', code: template },
  ],
  freshness: [
    { id: 'djangoCacheControl', file: 'mysite/views.py', code: views },
    { id: 'djangoConditional', file: 'mysite/settings.py', code: middleware },
  ],
};
