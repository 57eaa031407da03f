import { djangoText } from '../literals.ts';
import { fileName } from '../page-path.ts';
import type { Framework, PageWords, Site } from '../snippet.ts';
import { templateLine } from '../template-line.ts';

const settings = ({ connectionUrl }: Site) => `OGPLUS_CONNECTION_URL = "${connectionUrl}"

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

// `page` is what the view gives to the template.
const etag = '<meta property="og:plus:cache:etag" content="{{ page.updated_at|date:"U" }}">';

const onePage = ({ title, description }: PageWords) => `{% extends "base.html" %}

{% block og_title %}${djangoText(title)}{% endblock %}
${description === null ? '' : `{% block og_description %}${djangoText(description)}{% endblock %}\n`}`;

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
  tags: [
    { id: 'djangoSettings', file: 'mysite/settings.py', code: settings },
    { id: 'djangoContext', file: 'mysite/context_processors.py', code: contextProcessor },
    { id: 'djangoTemplate', file: 'templates/base.html', code: template },
  ],
  freshness: [
    { id: 'djangoCacheControl', file: 'mysite/views.py', code: views },
    { id: 'djangoConditional', file: 'mysite/settings.py', code: middleware },
  ],
  page: (words) => [{ file: `templates/${fileName(words.target)}.html`, code: onePage(words) }],
  line: (tag) => ({ file: 'templates/base.html', code: templateLine(template(), tag, etag) }),
};
