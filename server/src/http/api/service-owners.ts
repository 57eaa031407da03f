import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { resultWithin } from '../../concurrency/result-within.ts';
import type { Identity } from '../../model/identity.ts';
import { Problem } from '../../model/problem.ts';
import { StoreUnreachable } from '../../model/store-unreachable.ts';
import { milliseconds } from '../../model/units.ts';
import type { Members } from '../../store/ports/members.ts';
import { refuseOtherSites } from './same-origin.ts';

// Long enough to see an outage through; an ended session could look at the service for as long, and only during one.
const trustedMs = 15 * 60_000;
const mostTrusted = 20;
// A database that answers does so in milliseconds.
const patience = milliseconds(2000);

/** Lets the owner of the service in; with the database away, those sessions that it knew a moment before. */
export class ServiceOwners {
  readonly #members: Pick<Members, 'firstAccount'>;
  /** Hashes of cookies, and until when on the monotonic clock. */
  readonly #trusted = new Map<string, number>();

  constructor(members: Pick<Members, 'firstAccount'>) {
    this.#members = members;
  }

  /** @throws {Problem} `unauthorised`, `forbidden` */
  async check(request: FastifyRequest, identify: () => Promise<Identity | undefined>): Promise<void> {
    refuseOtherSites(request);
    const name = createHash('sha256')
      .update(request.headers.cookie ?? '')
      .digest('base64url');
    const isTrusted = performance.now() < (this.#trusted.get(name) ?? 0) && request.headers.authorization === undefined;
    const checking = this.#checkInStore(identify).then(() => true);
    try {
      const isChecked = await (isTrusted ? resultWithin(patience, checking) : checking);
      if (isChecked === true) this.#trust(name);
    } catch (error) {
      if (error instanceof StoreUnreachable && isTrusted) return;
      if (!(error instanceof StoreUnreachable)) this.#trusted.delete(name);
      throw error;
    }
  }

  #trust(name: string): void {
    this.#trusted.delete(name);
    this.#trusted.set(name, performance.now() + trustedMs);
    const [oldest] = this.#trusted.keys();
    if (this.#trusted.size > mostTrusted && oldest !== undefined) this.#trusted.delete(oldest);
  }

  async #checkInStore(identify: () => Promise<Identity | undefined>): Promise<void> {
    const identity = await identify();
    if (identity === undefined) throw unauthorised();
    if (identity.kind !== 'session')
      throw new Problem('forbidden', 'This needs a signed-in person; API keys are not accepted.');
    if ((await this.#members.firstAccount()) !== identity.personId)
      throw new Problem('forbidden', 'Only the owner of the service may see this.');
  }
}

export function unauthorised(): Problem {
  return new Problem('unauthorised', 'Sign in, or send an API key: Authorization: Bearer ogplus_…');
}
