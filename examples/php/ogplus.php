<?php
declare(strict_types=1);

/** The tags of a page and its card. $page is its path; its query is left out. */
function ogplus_tags(string $page, string $title, string $description, array $more = []): string
{
    $path = strtok($page, '?#');
    $tags = [
        'og:title' => $title,
        'og:description' => $description,
        'og:type' => 'website',
        'og:url' => getenv('SITE_URL') . $path,
        'og:image' => getenv('OGPLUS_CONNECTION_URL') . $path,
        'og:image:width' => '2400',
        'og:image:height' => '1260',
        ...$more,
    ];
    $html = '<meta name="twitter:card" content="summary_large_image">';
    foreach ($tags as $name => $content) {
        $html .= sprintf("\n<meta property=\"%s\" content=\"%s\">", htmlspecialchars($name), htmlspecialchars((string) $content));
    }
    return $html;
}

/** Forgets the card of a page: the next request for it draws the page again. */
function ogplus_purge(string $page): void
{
    $service = getenv('OGPLUS_SERVICE') . '/api/v1';
    $key = 'Authorization: Bearer ' . getenv('OGPLUS_API_KEY');
    $ask = fn (string $path, array $http) => file_get_contents($service . $path, false, stream_context_create([
        'http' => ['timeout' => 10, ...$http],
    ]));
    // The key knows one website.
    $website = json_decode($ask('/websites', ['header' => $key]), true)['websites'][0]['id'];
    $ask("/websites/$website/purges", [
        'method' => 'POST',
        'header' => [$key, 'Content-Type: application/json'],
        'content' => json_encode(['kind' => 'page', 'target' => $page]),
    ]);
}
