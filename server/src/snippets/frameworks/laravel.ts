import { phpString } from '../literals.ts';
import { fileName } from '../page-path.ts';
import type { Framework, PageWords, Site } from '../snippet.ts';
import { templateLine } from '../template-line.ts';

const config = ({ connectionUrl }: Site) => `'opengraph' => [
    'url' => env('OGPLUS_CONNECTION_URL', ${phpString(connectionUrl)}),
],
`;

const component = () => `@props(['title', 'description' => null])

<meta property="og:title" content="{{ $title }}">
@if ($description)
    <meta property="og:description" content="{{ $description }}">
@endif
<meta property="og:type" content="article">
<meta property="og:url" content="{{ request()->fullUrl() }}">
<meta property="og:image" content="{{ config('services.opengraph.url').request()->getRequestUri() }}">
<meta property="og:image:width" content="2400">
<meta property="og:image:height" content="1260">
<meta name="twitter:card" content="summary_large_image">
`;

const layout = () => `<head>
    <title>{{ $title }}</title>
    <x-card :title="$title" :description="$description ?? null" />
</head>
`;

// `$post` is what the controller gives to the view.
const etag = '<meta property="og:plus:cache:etag" content="{{ $post->updated_at->timestamp }}">';

const onePage = ({
  target,
  title,
  description,
}: PageWords) => `return view(${phpString(fileName(target).replaceAll('/', '.'))}, [
    'title' => ${phpString(title)},
${description === null ? '' : `    'description' => ${phpString(description)},\n`}]);
`;

const routes =
  () => `Route::middleware('cache.headers:public;max_age=3600;stale_while_revalidate=86400;etag')->group(function () {
    Route::get('/', [PostController::class, 'index']);
    Route::get('/blog/{post:slug}', [PostController::class, 'show']);
});
`;

export const laravel: Framework = {
  id: 'laravel',
  tags: [
    { id: 'laravelConfig', file: 'config/services.php', code: config },
    { id: 'laravelComponent', file: 'resources/views/components/card.blade.php', code: component },
    { id: 'laravelLayout', file: 'resources/views/components/layout.blade.php', code: layout },
  ],
  freshness: [{ id: 'laravelRoutes', file: 'routes/web.php', code: routes }],
  page: (words) => [{ file: 'app/Http/Controllers/PageController.php', code: onePage(words) }],
  line: (tag) => ({
    file: 'resources/views/components/card.blade.php',
    code: templateLine(component(), tag, etag),
  }),
};
