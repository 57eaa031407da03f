import { AppShell, Burger, Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import type { Person } from '../api/types.ts';
import { text } from '../text/text.ts';
import { Logo } from './logo.tsx';
import { Sidebar } from './sidebar.tsx';

/** The menu beside the screen; over it on a phone. */
export function Frame({ person }: { person: Person }) {
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  useEffect(close, [pathname]);
  return (
    <AppShell
      header={{ height: { base: 56, sm: 0 } }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', md: 'xl' }}
    >
      <Button className="skip" onClick={() => main.current?.focus()}>
        {text.nav.skip}
      </Button>
      <AppShell.Header hiddenFrom="sm" px="md">
        <Group h="100%" justify="space-between">
          <Logo />
          <Burger opened={opened} onClick={toggle} size="sm" aria-label={text.nav.open} aria-expanded={opened} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="md" aria-label={text.nav.main}>
        <Sidebar person={person} />
      </AppShell.Navbar>
      <AppShell.Main ref={main} tabIndex={-1} style={{ outline: 'none' }}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
