import { AppShell, Divider, NavLink, ScrollArea, Stack } from '@mantine/core';
import {
  IconActivityHeartbeat,
  IconChartAreaLine,
  IconChecklist,
  IconCode,
  IconEye,
  IconFiles,
  IconFlame,
  IconHistory,
  IconKey,
  IconRadar2,
  IconSettings,
  IconUsers,
  IconWebhook,
  IconWorld,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation, useMatch } from 'react-router';
import { session } from '../api/session.ts';
import type { Person } from '../api/types.ts';
import { text } from '../text/text.ts';
import { Logo } from './logo.tsx';
import { PersonMenu } from './person-menu.tsx';
import { WebsiteSwitch } from './website-switch.tsx';

/** Where one can go: everywhere, and within the website that is open. */
export function Sidebar({ person }: { person: Person }) {
  const { pathname } = useLocation();
  const owned = useQuery(session).data?.ownsService === true;
  const websiteId = useMatch('/websites/:websiteId/*')?.params.websiteId;
  const isOpen = websiteId !== undefined && /^\d+$/.test(websiteId);
  return (
    <>
      <AppShell.Section visibleFrom="sm" pb="lg">
        <Logo />
      </AppShell.Section>
      <AppShell.Section grow component={ScrollArea}>
        <Stack gap={2}>
          <Entry to="/" icon={<IconWorld size={18} />} label={text.nav.websites} isHere={pathname === '/'} />
          <Entry to="/preview" icon={<IconEye size={18} />} label={text.nav.preview} isHere={pathname === '/preview'} />
          {owned && (
            <Entry
              to="/service"
              icon={<IconActivityHeartbeat size={18} />}
              label={text.nav.service}
              isHere={pathname === '/service'}
            />
          )}
          {isOpen && (
            <>
              <Divider my="sm" />
              <WebsiteSwitch websiteId={Number(websiteId)} />
              <WebsiteEntries base={`/websites/${websiteId}`} pathname={pathname} />
            </>
          )}
        </Stack>
      </AppShell.Section>
      <AppShell.Section>
        <Divider my="sm" />
        <PersonMenu person={person} />
      </AppShell.Section>
    </>
  );
}

function WebsiteEntries({ base, pathname }: { base: string; pathname: string }) {
  const entries = [
    ['', text.nav.overview, IconChartAreaLine],
    ['/pages', text.nav.pages, IconFiles],
    ['/check', text.nav.check, IconChecklist],
    ['/probe', text.nav.probe, IconRadar2],
    ['/warm-up', text.nav.warmUp, IconFlame],
    ['/automation', text.nav.automation, IconWebhook],
    ['/install', text.nav.install, IconCode],
    ['/settings', text.nav.settings, IconSettings],
    ['/keys', text.nav.keys, IconKey],
    ['/members', text.nav.members, IconUsers],
    ['/audit-log', text.nav.auditLog, IconHistory],
  ] as const;
  // One page is a part of the pages.
  const here = pathname === `${base}/page` ? `${base}/pages` : pathname.replace(/\/$/, '');
  return entries.map(([path, label, Icon]) => (
    <Entry key={path} to={base + path} icon={<Icon size={18} />} label={label} isHere={here === base + path} />
  ));
}

function Entry({ to, icon, label, isHere }: { to: string; icon: ReactNode; label: string; isHere: boolean }) {
  return (
    <NavLink
      component={Link}
      to={to}
      label={label}
      leftSection={icon}
      active={isHere}
      aria-current={isHere ? 'page' : undefined}
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    />
  );
}
