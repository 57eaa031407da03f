import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { S3Server } from './s3-server.ts';

/** A server that speaks S3 in a thread of its own: it answers in time however busy the tests' thread is. */
export async function startS3InThread(): Promise<Pick<S3Server, 'url' | 'bucket' | 'keys'> & AsyncDisposable> {
  const thread = new Worker(new URL('s3-thread.ts', import.meta.url));
  const [place] = await once(thread, 'message');
  return {
    ...place,
    async [Symbol.asyncDispose]() {
      await thread.terminate();
    },
  };
}
