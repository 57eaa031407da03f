import type { Framework } from './snippet.ts';

const config = (connectionUrl: string) => `'opengraph' => [
    'url' => env('OGPLUS_CONNECTION_URL', '${connectionUrl}'),
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

const routes =
  () => `Route::middleware('cache.headers:public;max_age=3600;stale_while_revalidate=86400;etag')->group(function () {
    Route::get('/', [PostController::class, 'index']);
    Route::get('/blog/{post:slug}', [PostController::class, 'show']);
});
`;

export const laravel: Framework = {
  id: 'laravel',
  name: 'Laravel',
  tags: [
    { id: 'laravelConfig', file: 'config/services.php', code: config },
    { id: 'laravelComponent', file: 'resources/views/components/card.blade.php', code: component },
    { id: 'laravelLayout', file: 'resources/views/components/layout.blade.php', code: layout },
  ],
  freshness: [{ id: 'laravelRoutes', file: 'routes/web.php', code: routes }],
};
