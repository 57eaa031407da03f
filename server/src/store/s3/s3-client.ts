import { randomInt } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { Agent, request as send } from 'undici';
import { StoreUnreachable } from '../../model/store-unreachable.ts';
import { startTimeout } from '../../model/timeout.ts';
import { milliseconds } from '../../model/units.ts';
import { baseUrlOf, type S3Address } from './s3-address.ts';
import { type S3Answer, S3Refusal } from './s3-answer.ts';

export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** The object's name without the prefix; empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly type?: string;
  /** Hex SHA-256 of the body. The server compares it with what arrived. */
  readonly sha256?: string;
}

export interface Patience {
  readonly attempts: number;
  /** For each attempt, from connecting to the last byte. */
  readonly attemptMs: number;
}

const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
// A picture has a few hundred kilobytes, a listing of a thousand objects as much.
const mostBytes = 32 * 1024 * 1024;
// As many as a node reads and writes pictures at once.
const mostConnections = 64;
// Statuses after which the same request may succeed.
const passing = new Set([429, 500, 502, 503, 504]);

/** Signed requests to one bucket, repeated where that may help. */
export class S3Client implements AsyncDisposable {
  readonly address: S3Address;
  readonly #base: URL;
  readonly #agent: Agent;
  /** Signing keys, one a day. */
  readonly #signingKeys = new Map<string, ArrayBuffer>();
  /** By how many milliseconds the storage's clock is ahead of this machine's, as far as it matters. */
  #ahead = 0;

  /** @param lookup of host names; the system's by default. */
  constructor(address: S3Address, lookup?: LookupFunction) {
    this.address = address;
    this.#base = baseUrlOf(address);
    this.#agent = new Agent({ connections: mostConnections, ...(lookup && { connect: { lookup } }) });
  }

  /**
   * The answer, whatever its status, read to its end.
   * @throws {StoreUnreachable} where no attempt was answered.
   */
  async ask(request: S3Request, { attempts, attemptMs }: Patience): Promise<S3Answer> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt === attempts;
      const late = new AbortController();
      using _ = startTimeout(milliseconds(attemptMs), () => late.abort(new Error('The time is over.')));
      try {
        const answer = await this.#attempt(request, late.signal);
        if (last || !passing.has(answer.status)) return answer;
      } catch (error) {
        if (last) throw new StoreUnreachable('storage', error);
      }
      // Nodes that failed together do not come back together.
      const longest = 100 * 4 ** (attempt - 1);
      await pause(randomInt(longest / 2, longest));
    }
  }

  /**
   * The answer of a request that is expected to succeed.
   * @throws {StoreUnreachable} whose cause is an `S3Refusal` where the server refuses.
   */
  async demand(request: S3Request, patience: Patience): Promise<S3Answer> {
    const answer = await this.ask(request, patience);
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw new StoreUnreachable('storage', new S3Refusal(answer));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy();
  }

  /** Signatures hold for some minutes: where the machine's clock was set, the storage's own time is taken. */
  async #attempt(request: S3Request, signal: AbortSignal): Promise<S3Answer> {
    const answer = await this.#send(request, signal);
    const date = Date.parse(answer.headers['date']?.toString() ?? '');
    const isSkewed = answer.status === 403 && new S3Refusal(answer).code === 'RequestTimeTooSkewed';
    if (!isSkewed || Number.isNaN(date)) return answer;
    this.#ahead = date - Date.now();
    return this.#send(request, signal);
  }

  async #send({ method, key, query = {}, body, type, sha256 }: S3Request, signal: AbortSignal): Promise<S3Answer> {
    const { prefix, region, accessKeyId, secretAccessKey, sessionToken } = this.address;
    const url = new URL(this.#base);
    if (key !== '') url.pathname += prefix + key;
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      headers: { 'x-amz-content-sha256': sha256 ?? emptySha256, ...(type !== undefined && { 'content-type': type }) },
      service: 's3',
      datetime: new Date(Date.now() + this.#ahead).toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
      region,
      accessKeyId,
      secretAccessKey,
      ...(sessionToken !== undefined && { sessionToken }),
      cache: this.#signingKeys,
    }).sign();
    const response = await send(signed.url, {
      method,
      headers: Object.fromEntries(signed.headers),
      body: body ?? null,
      signal,
      dispatcher: this.#agent,
    });
    // Always to its end: an unread body keeps its socket.
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > mostBytes) throw new Error(`The storage sends more than ${mostBytes} bytes.`);
    }
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
  }
}
