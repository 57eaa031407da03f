import type Type from 'typebox';
import type { Finding } from '../../cards/inspect/page-check.ts';
import type { WarmupDetail } from '../../http/api/schemas/warmups.ts';
import type { Actor, AuditAction } from '../../model/audit.ts';
import type { PurgeScope } from '../../model/change.ts';
import type { Explanation } from '../../model/decision.ts';
import type { Policy } from '../../model/policy.ts';
import type { Origin, PublicKey, Target, WebsiteSettings } from '../../model/website.ts';
import type { ShownWarmup } from '../../warmups/shown-warmup.ts';

/** A website as commands show it: without its secrets. */
export interface ListedWebsite {
  readonly id: number;
  readonly origin: string;
  readonly connection: string;
  readonly connectionUrl: string;
  /** The newest valid key. */
  readonly publicKey: string | null;
}

export interface KeyPair {
  readonly publicKey: string;
  readonly secretKey: string;
  readonly apiKey: string;
}

interface ListedKey {
  readonly publicKey: string;
  readonly created: string;
  readonly revoked: string | null;
}

export interface ListedCard {
  readonly consumer: string;
  readonly fresh: boolean;
  readonly freshUntil: string;
  readonly outcome:
    | { readonly gone: number }
    | {
        readonly drawn: string;
        readonly size: number;
        readonly format: string;
        readonly width: number;
        readonly height: number;
      };
}

/** Changes of settings; a new fallback picture comes as its file's bytes, and goes with null. */
export type SettingsChanges = Partial<Omit<WebsiteSettings, 'fallbackPicture'>> & {
  readonly fallback?: Uint8Array | null;
};

/** A value as it is shown. */
type Plain<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends ReadonlyArray<infer Item>
      ? ReadonlyArray<Plain<Item>>
      : T;
type PlainSettings = { readonly [Name in keyof WebsiteSettings]: Plain<WebsiteSettings[Name]> };

export interface ShownSettings extends Omit<PlainSettings, 'fallbackPicture'> {
  readonly fallbackPicture: { readonly type: string; readonly size: number } | null;
  /** Null without an own host. */
  readonly ownHostProven: boolean | null;
  /** Null where it is off, or where only the service's own machine can tell it. */
  readonly token: string | null;
}

export interface PurgedCards {
  readonly cards: number;
  /** There were at least as many. */
  readonly more: boolean;
}

/** A page looked at now. */
export interface LookedAt {
  readonly url: string;
  readonly status: number;
  /** As networks read them. */
  readonly title: string | null;
  readonly description: string | null;
  readonly findings: readonly Finding[];
  readonly explanation: Explanation;
  /** Only from a data folder. */
  readonly policy?: Policy;
}

export interface WantedWarmup {
  /** Null for those that `robots.txt` names, or `/sitemap.xml`. */
  readonly sitemap: string | null;
  /** Undefined for those that asked. */
  readonly consumers: readonly string[] | undefined;
}

/** An entry of a website's audit log. */
interface ListedChange {
  readonly at: string;
  readonly actor: Actor;
  readonly action: AuditAction;
  /** Null where it is unknown, forgotten, or not for the caller. */
  readonly address: string | null;
}

/** What commands work on: a data folder of this machine, or a service over its API. Failures are `CommandError`s. */
export interface Backend extends AsyncDisposable {
  readonly websites: {
    list(): Promise<readonly ListedWebsite[]>;
    byOrigin(origin: Origin): Promise<ListedWebsite | undefined>;
    create(origin: Origin): Promise<ListedWebsite & KeyPair>;
    remove(website: ListedWebsite): Promise<void>;
  };
  readonly keys: {
    list(website: ListedWebsite): Promise<readonly ListedKey[]>;
    create(website: ListedWebsite): Promise<KeyPair>;
    /** Returns how many valid keys its website has left. */
    revoke(publicKey: PublicKey): Promise<number>;
  };
  readonly settings: {
    of(website: ListedWebsite): Promise<ShownSettings>;
    change(website: ListedWebsite, changes: SettingsChanges): Promise<void>;
  };
  readonly cards: {
    ofPage(website: ListedWebsite, target: Target): Promise<readonly ListedCard[]>;
    purge(website: ListedWebsite, scope: PurgeScope): Promise<PurgedCards>;
  };
  readonly warmups: {
    /** The newest one. */
    last(website: ListedWebsite): Promise<ShownWarmup | undefined>;
    find(website: ListedWebsite, id: number): Promise<ShownWarmup>;
    start(website: ListedWebsite, wanted: WantedWarmup): Promise<ShownWarmup>;
    resume(website: ListedWebsite, id: number): Promise<ShownWarmup>;
    stop(website: ListedWebsite, id: number): Promise<void>;
    /** Why pages were skipped or failed. */
    remarks(website: ListedWebsite, id: number): Promise<Type.Static<typeof WarmupDetail>['remarks']>;
    /** Does warm-ups until disposed, where no running service does; undefined where one surely does. */
    readonly worker?: () => Promise<AsyncDisposable>;
  };
  /**
   * Who changed what, newest first. The log of a website that was removed can be read in its data folder.
   * @throws {CommandError} where no website has, or had, the origin.
   */
  log(origin: Origin, limit: number): Promise<readonly ListedChange[]>;
  /** A page of the website, with its settings. */
  look(website: ListedWebsite, target: Target): Promise<LookedAt>;
}
