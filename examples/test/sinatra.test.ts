import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawn, Example, nothing, revalidated } from './example.ts';

const green = [31, 111, 84] as const;

describe('the Sinatra example', () => {
  const sinatra = new Example({
    name: 'sinatra',
    start: (port) => ['puma', '--bind', `tcp://127.0.0.1:${port}`, '--environment', 'production'],
  });

  sinatra.page('/', { keptFor: 86_400, accent: green }); // cache_control
  sinatra.page('/books/the-summer-book', { keptFor: 3600, accent: green }); // etag, a template
  sinatra.page('/open', { keptFor: 600, accent: green }); // an after filter

  it('is asked after the hour, and not drawn where the book is the same', async () => {
    const target = '/books/the-rings-of-saturn';
    assert.deepEqual(await sinatra.cost(target), drawn);
    assert.deepEqual(await sinatra.cost(target), nothing);
    sinatra.test.clock.move(3700);
    assert.deepEqual(await sinatra.cost(target), revalidated);
  });
});
