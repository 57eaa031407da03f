<?php
declare(strict_types=1);

/** In the place of a database: a file, so that an edit outlives the request. */
function records(): array
{
    $file = records_file();
    return is_file($file) ? json_decode(file_get_contents($file), true) : [
        'blue-train' => ['title' => 'Blue Train', 'by' => 'John Coltrane', 'year' => 1958, 'changed' => 1],
        'sahara' => ['title' => 'Sahara', 'by' => 'McCoy Tyner', 'year' => 1972, 'changed' => 1],
    ];
}

function save_records(array $records): void
{
    file_put_contents(records_file(), json_encode($records), LOCK_EX);
}

function records_file(): string
{
    return (getenv('DATA_DIR') ?: sys_get_temp_dir()) . '/ogplus-example-records.json';
}
