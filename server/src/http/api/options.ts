import type { Accounts } from '../../accounts/accounts.ts';
import type { Identities } from '../../accounts/identities.ts';
import type { PersonKeys } from '../../accounts/person-keys.ts';
import type { Sessions } from '../../accounts/sessions.ts';
import type { SignUp } from '../../accounts/sign-up.ts';
import type { Cards } from '../../cards/cards.ts';
import type { Decisions } from '../../cards/decisions.ts';
import type { ReadImage } from '../../cards/inspect/named-image.ts';
import type { NamedPictures } from '../../cards/inspect/named-pictures.ts';
import type { Preview } from '../../cards/inspect/preview.ts';
import type { SharedTarget } from '../../cards/shared-preview/shared-pictures.ts';
import type { WebsiteIcons } from '../../icons/website-icons.ts';
import type { Network } from '../../model/network.ts';
import type { Clock } from '../../model/units.ts';
import type { PublicKey, SecretKey } from '../../model/website.ts';
import type { Operations } from '../../operations/operations.ts';
import type { Store } from '../../store/ports/store.ts';
import type { AuditLog } from '../../websites/audit/audit-log.ts';
import type { OwnHosts } from '../../websites/own-hosts.ts';

/** What the management API's routes depend on. */
export interface ApiOptions {
  readonly store: Store;
  readonly identities: Identities;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly personKeys: PersonKeys;
  readonly signUp: SignUp;
  readonly cards: Cards;
  readonly decisions: Decisions;
  readonly preview: Preview;
  readonly namedPictures: NamedPictures;
  readonly websiteIcons: WebsiteIcons;
  readonly ownHosts: OwnHosts;
  readonly audit: AuditLog;
  readonly log: { error(facts: object, message: string): void };
  /** To be told of new warm-ups. */
  readonly warmups: { wake(): void };
  /** To be told of new messages. */
  readonly webhooks: { wake(): void };
  /** The secret of a webhook with this salt. */
  readonly webhookSecretOf: (salt: string) => string;
  /** The token of a link with this salt. */
  readonly linkTokenOf: (salt: string) => string;
  /** Has the cards of a new shared preview drawn, so that they are there when it is opened. Returns at once. */
  readonly drawAhead: (page: SharedTarget) => void;
  /** Whether the service is stopping. */
  readonly connections: { readonly isStopping: boolean };
  /** Throws a `Problem` for an address that is never reached. */
  readonly checkAddress: (url: URL) => void;
  readonly operations: Operations;
  readonly clock: Clock;
  /** The public base address. */
  readonly url: string;
  readonly connectionDomain: string;
  /** Tells what a page's `og:image` refers to. */
  readonly readImage: ReadImage;
  /** Proxies that are trusted to pass on the client's address. */
  readonly trustedProxies: readonly Network[];
  readonly secretKeyOf: (publicKey: PublicKey) => SecretKey;
}
