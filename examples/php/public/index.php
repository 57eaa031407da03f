<?php
declare(strict_types=1);

require __DIR__ . '/../ogplus.php';
require __DIR__ . '/../records.php';

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path === '/site.css') {
    return false; // the built-in server sends the file
}

$records = records();
if ($path === '/') {
    // For everybody, and for an hour. session_start() would replace this line by "no-store".
    header('Cache-Control: public, max-age=3600');
    page($path, 'Records worth a shelf', 'Bought, played, written about.', function () use ($records) {
        foreach ($records as $slug => $record) {
            echo '<li><a href="/records/', $slug, '">', htmlspecialchars($record['title']), '</a></li>';
        }
    });
} elseif (preg_match('#^/records/([a-z-]+)$#', $path, $found) && isset($records[$found[1]])) {
    $record = $records[$found[1]];
    // OpenGraph+ asks each time; where the record is the same, a 304 costs neither HTML nor drawing.
    $etag = sprintf('"%s-%d"', $found[1], $record['changed']);
    header('Cache-Control: no-cache');
    header("ETag: $etag");
    if (($_SERVER['HTTP_IF_NONE_MATCH'] ?? '') === $etag) {
        http_response_code(304);
        return;
    }
    page($path, $record['title'], "By {$record['by']}, {$record['year']}.", function () use ($record) {
        echo '<p class="by">', htmlspecialchars($record['by']), ' · ', $record['year'], '</p><div class="disc"></div>';
    });
} elseif ($path === '/playing') {
    // No header: a tag says it.
    page($path, 'Playing in the shop', 'Come by.', fn () => print('<p>Side two, and nobody has left.</p>'), ['og:plus:cache:max_age' => 600]);
} elseif ($path === '/edited' && $_SERVER['REQUEST_METHOD'] === 'POST') {
    // What an editor's form calls. Guard yours: this one stands open.
    $records[$_POST['slug']]['title'] = $_POST['title'];
    $records[$_POST['slug']]['changed'] += 1;
    save_records($records);
    ogplus_purge('/');
} else {
    http_response_code(404);
    echo 'Not found';
}

function page(string $path, string $title, string $description, callable $body, array $tags = []): void
{
    ?>
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title><?= htmlspecialchars($title) ?></title>
<?= ogplus_tags($path, $title, $description, $tags) ?>

<link rel="stylesheet" href="/site.css">
</head>
<body>
<header><a href="/">Side Two</a></header>
<main>
<h1><?= htmlspecialchars($title) ?></h1>
<?php $body() ?>
</main>
</body>
</html>
<?php
}
