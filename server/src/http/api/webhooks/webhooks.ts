import { newToken } from '../../../accounts/links.ts';
import { Problem } from '../../../model/problem.ts';
import { refuseShortAddress } from '../../../model/short-address.ts';
import type { Website } from '../../../model/website.ts';
import { type Webhook as StoredWebhook, webhookEvents } from '../../../store/ports/webhooks.ts';
import { enqueue } from '../../../webhooks/messages.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { Deliveries, MadeWebhook, NewWebhook, WebhookParams, Webhooks } from '../schemas/webhooks.ts';
import { timeOf } from '../time.ts';

const mostWebhooks = 10;
const shownDeliveries = 50;

/** Addresses that get a message when a page fails or recovers, or a quota is reached. */
export function addWebhookRoutes(api: Api, options: ApiOptions): void {
  const { store, clock, webhookSecretOf, webhooks: runner, checkAddress } = options;
  const { webhooks } = store;
  const owner = { access: { who: 'member', role: 'owner', scope: 'keys:write' } } as const;
  const editor = { access: { who: 'member', role: 'editor', scope: 'website:read' } } as const;

  const ownWebhook = async (website: Website, id: number): Promise<StoredWebhook> => {
    const webhook = await webhooks.find(id);
    if (webhook?.websiteId !== website.id) throw new Problem('not-found', 'The website has no such webhook.');
    return webhook;
  };

  const list = { summary: 'Webhooks of a website', params: WebsiteParams, response: { 200: Webhooks } };
  api.get('/websites/:websiteId/webhooks', { config: editor, schema: list }, async (request) => {
    return { webhooks: (await webhooks.of(memberOf(request).website.id)).map(json) };
  });

  const create = {
    summary: 'Create a webhook; the secret that signs its messages is shown once',
    params: WebsiteParams,
    body: NewWebhook,
    response: { 201: MadeWebhook },
  };
  api.post(
    '/websites/:websiteId/webhooks',
    { config: { ...owner, audit: ['webhook.created'] }, schema: create },
    async (request, reply) => {
      const { url, events = webhookEvents } = request.body;
      const made = {
        websiteId: memberOf(request).website.id,
        url: receiver(url, checkAddress),
        events: [...new Set(events)],
        salt: newToken(),
        createdAt: clock.now(),
      };
      const id = await webhooks.create(made, mostWebhooks);
      if (id === undefined) {
        throw new Problem(
          'conflict',
          `A website can have ${mostWebhooks} webhooks at most. Remove one that is no longer used.`,
        );
      }
      await noteChange(options, request, made.websiteId, [
        { kind: 'webhook.created', id, host: new URL(made.url).host },
      ]);
      return reply.code(201).send({ ...json({ ...made, id, disabledAt: null }), secret: webhookSecretOf(made.salt) });
    },
  );

  const path = '/websites/:websiteId/webhooks/:webhookId';
  const remove = { summary: 'Remove a webhook and its waiting messages', params: WebhookParams };
  api.delete(path, { config: { ...owner, audit: ['webhook.removed'] }, schema: remove }, async (request, reply) => {
    const { website } = memberOf(request);
    const { id, url } = await ownWebhook(website, request.params.webhookId);
    const isRemoved = await webhooks.remove(website.id, id);
    const { host } = new URL(url);
    await noteChange(options, request, website.id, isRemoved ? [{ kind: 'webhook.removed', id, host }] : []);
    return reply.code(204).send();
  });

  const test = { summary: 'Send a webhook a message of the type test', params: WebhookParams };
  const unlogged = { ...owner, audit: { none: 'it changes nothing; the messages of the webhook show it' } } as const;
  api.post(`${path}/test`, { config: unlogged, schema: test }, async (request, reply) => {
    const { website } = memberOf(request);
    const webhook = await ownWebhook(website, request.params.webhookId);
    const data = { website: { id: website.id, origin: website.origin } };
    if (!(await enqueue(store, webhook, 'test', data, clock.now()))) {
      throw new Problem('conflict', 'Too many messages are already waiting for this receiver.');
    }
    runner.wake();
    return reply.code(202).send();
  });

  const log = { summary: 'The last messages of a webhook', params: WebhookParams, response: { 200: Deliveries } };
  api.get(`${path}/deliveries`, { config: editor, schema: log }, async (request) => {
    const { id } = await ownWebhook(memberOf(request).website, request.params.webhookId);
    const found = await webhooks.deliveries(id, shownDeliveries);
    return {
      deliveries: found.map(({ messageId, event, createdAt, attempts, nextAt, result, answer, body }) => ({
        id: messageId,
        event,
        createdAt: timeOf(createdAt),
        attempts,
        nextAt: nextAt === null ? null : timeOf(nextAt),
        result,
        answer,
        body,
      })),
    };
  });
}

function receiver(text: string, checkAddress: (url: URL) => void): string {
  const url = URL.parse(text);
  if (url === null) throw new Problem('invalid', `"${text}" is not an address such as https://example.com/hook.`);
  if (url.username !== '' || url.password !== '') {
    throw new Problem('invalid', 'The address must not contain a user or password.');
  }
  refuseShortAddress(text);
  checkAddress(url);
  url.hash = '';
  return url.href;
}

function json({ id, url, events, createdAt, disabledAt }: StoredWebhook) {
  const disabled = disabledAt === null ? null : timeOf(disabledAt);
  return { id, url, events: [...events], createdAt: timeOf(createdAt), disabledAt: disabled };
}
