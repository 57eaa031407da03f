import { describe } from 'node:test';
import { auditContract } from './contract/audit.ts';
import { cardsContract } from './contract/cards.ts';
import { changesContract } from './contract/changes.ts';
import { decisionsContract } from './contract/decisions.ts';
import { failingContract } from './contract/failing.ts';
import type { Open } from './contract/harness.ts';
import { keysContract } from './contract/keys.ts';
import { leasesContract } from './contract/leases.ts';
import { limitsContract } from './contract/limits.ts';
import { linksContract } from './contract/links.ts';
import { membersContract } from './contract/members.ts';
import { operationsContract } from './contract/operations.ts';
import { orderContract } from './contract/order.ts';
import { pagesContract } from './contract/pages.ts';
import { picturesContract } from './contract/pictures.ts';
import { placesContract } from './contract/places.ts';
import { purgesContract } from './contract/purges.ts';
import { sweepContract } from './contract/sweep.ts';
import { usageContract } from './contract/usage.ts';
import { warmupsContract } from './contract/warmups.ts';
import { webhooksContract } from './contract/webhooks.ts';
import { websitesContract } from './contract/websites.ts';

/** What every store does, whatever it keeps its records and pictures in. */
export function storeContract(name: string, open: Open): void {
  describe(name, () => {
    websitesContract(open);
    keysContract(open);
    membersContract(open);
    cardsContract(open);
    orderContract(open);
    leasesContract(open);
    limitsContract(open);
    placesContract(open);
    failingContract(open);
    picturesContract(open);
    purgesContract(open);
    changesContract(open);
    decisionsContract(open);
    sweepContract(open);
    pagesContract(open);
    usageContract(open);
    warmupsContract(open);
    linksContract(open);
    webhooksContract(open);
    auditContract(open);
    operationsContract(open);
  });
}
