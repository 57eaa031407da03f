import { Avatar, Group, Menu, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconApi, IconLogout, IconSelector, IconUser } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { session, signOut } from '../api/session.ts';
import type { Person } from '../api/types.ts';
import { text } from '../text/text.ts';

/** Who is signed in, and what is that one's own. */
export function PersonMenu({ person }: { person: Person }) {
  const client = useQueryClient();
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      await client.invalidateQueries({ queryKey: session.queryKey });
    },
  });
  return (
    <Menu position="top-start" width={232}>
      <Menu.Target>
        <UnstyledButton w="100%" p={6}>
          <VisuallyHidden>{text.nav.account}</VisuallyHidden>
          <Group gap="sm" wrap="nowrap">
            <Avatar name={person.name} color="sea" size={34} aria-hidden />
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text size="sm" fw={600} truncate>
                {person.name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {person.email}
              </Text>
            </div>
            <IconSelector size={16} />
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={16} />}>
          {text.nav.account}
        </Menu.Item>
        <Menu.Item component="a" href="/api/v1/" target="_blank" leftSection={<IconApi size={16} />}>
          {text.nav.apiReference}
        </Menu.Item>
        <Menu.Divider />
        <SchemeChoice />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => leaving.mutate()}>
          {text.nav.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const schemes = ['light', 'dark', 'auto'] as const;

function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choose = (value: string | null) => {
    const scheme = schemes.find((one) => one === value);
    if (scheme !== undefined) setColorScheme(scheme);
  };
  return (
    <>
      <Menu.Label>{text.scheme.label}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={choose}>
        {schemes.map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick={false}>
            {text.scheme[scheme]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
