import { Anchor, Text, ThemeIcon } from '@mantine/core';
import {
  IconEraser,
  IconEye,
  IconFlame,
  IconKey,
  IconRadar2,
  IconRocket,
  IconSettings,
  IconUsers,
  IconWebhook,
  IconWorld,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Actor, AuditAction, AuditEntry, AuditSubject } from '../../api/types.ts';
import { Line } from '../../parts/lines.tsx';
import { readableTarget } from '../../parts/readable-target.ts';
import { text } from '../../text/text.ts';
import classes from './audit-log.module.css';
import { changedSetting } from './changed-setting.ts';

const words = text.auditLog;

const icons = {
  website: IconWorld,
  settings: IconSettings,
  cache: IconEraser,
  warmup: IconFlame,
  key: IconKey,
  member: IconUsers,
  'deploy-hook': IconRocket,
  webhook: IconWebhook,
  probe: IconRadar2,
  'shared-preview': IconEye,
} as const satisfies Record<AuditSubject, unknown>;

/** One change: who, what, when, and from where. */
export function Entry({ websiteId, entry }: { readonly websiteId: number; readonly entry: AuditEntry }) {
  const { at, actor, action, address } = entry;
  const Icon = icons[action.kind.split('.')[0] as AuditSubject];
  const moment = new Date(at);
  return (
    <Line
      mark={
        <ThemeIcon variant="light" color="gray" size={34} radius="xl" className={classes['mark'] ?? ''}>
          <Icon size={18} aria-hidden />
        </ThemeIcon>
      }
    >
      <Text style={{ overflowWrap: 'anywhere' }}>
        <Text span inherit fw={600}>
          {words.whoever(actor)}
        </Text>{' '}
        <Did websiteId={websiteId} action={action} actor={actor} />
      </Text>
      <Details websiteId={websiteId} action={action} />
      <Text size="sm" c="dimmed" title={moment.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })}>
        <time dateTime={at}>{moment.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}</time>
        {address !== null && ` ${words.from(address)}`}
      </Text>
    </Line>
  );
}

interface ActionProps {
  readonly websiteId: number;
  readonly action: AuditAction;
}

function Did({ websiteId, action, actor }: ActionProps & { readonly actor: Actor }) {
  const { setting, target } = onlyOne(action);
  if (setting !== undefined) return changedSetting(setting, 'sentence');
  if (target === undefined) return words.did(action, actor);
  return (
    <>
      {words.purgedOne} <PageLink websiteId={websiteId} target={target} />
    </>
  );
}

/** What one sentence has room for. */
function onlyOne(action: AuditAction) {
  return {
    setting: action.kind === 'settings.changed' && action.changes.length === 1 ? action.changes[0] : undefined,
    target:
      action.kind === 'cache.purged' && action.part === 'pages' && action.count === 1 ? action.targets[0] : undefined,
  };
}

function Details({ websiteId, action }: ActionProps) {
  const { setting, target } = onlyOne(action);
  if (setting !== undefined || target !== undefined) return null;
  if (action.kind === 'settings.changed') {
    return (
      <ul className={classes['details']} aria-label={words.changes}>
        {action.changes.map((change) => (
          <li key={change.name}>{changedSetting(change, 'line')}</li>
        ))}
      </ul>
    );
  }
  if (action.kind !== 'cache.purged' || action.part !== 'pages') return null;
  const { count, targets } = action;
  return (
    <ul className={classes['details']} aria-label={words.pages}>
      {targets.map((target) => (
        <li key={target}>
          <PageLink websiteId={websiteId} target={target} />
        </li>
      ))}
      {count > targets.length && <li>{words.others(count - targets.length)}</li>}
    </ul>
  );
}

function PageLink({ websiteId, target }: { readonly websiteId: number; readonly target: string }) {
  return (
    <Anchor component={Link} to={`/websites/${websiteId}/page?target=${encodeURIComponent(target)}`} inherit>
      {readableTarget(target)}
    </Anchor>
  );
}
