import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowRight, IconInfoCircle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useSearchParams } from 'react-router';
import type { FrameworkId } from '../../../../server/src/model/frameworks.ts';
import { frameworkOf } from '../../../../server/src/snippets/frameworks.ts';
import { firstKey } from '../../api/new-website.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { KeyOnce } from '../../parts/key-once.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Section } from '../../parts/section.tsx';
import { Sentence } from '../../parts/sentence.tsx';
import { useFramework } from '../../parts/use-framework.ts';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { Frameworks } from './frameworks.tsx';

const words = text.install;

/** What to paste into a website's pages, as its framework says it. */
export function Component() {
  const website = useWebsite();
  const { connectionUrl } = website;
  const unreached = unreachedOf(useLocation().state);
  const client = useQueryClient();
  const { queryKey, ...key } = firstKey(website.id);
  const { data: made } = useQuery({ queryKey, ...key });
  const [query, setQuery] = useSearchParams();
  const remembered = useFramework(website);
  const framework = frameworkOf(query.get('for') ?? remembered.framework.id);
  const choose = (id: FrameworkId) => {
    remembered.remember(id);
    setQuery({ for: id }, { replace: true, preventScrollReset: true });
  };
  return (
    <Screen title={words.title} lead={words.lead} width={860}>
      {unreached !== undefined && (
        <Alert color="yellow" icon={<IconInfoCircle size={18} />} role="alert">
          <Sentence>{text.newWebsite.unreachable(unreached)}</Sentence>
        </Alert>
      )}
      <Section title={words.connection} lead={words.connectionHint}>
        <Stack gap="sm">
          <CopyField label={words.connection} value={connectionUrl} isLabelHidden />
          {isOnlyHere(connectionUrl) && (
            <Alert color="yellow" icon={<IconInfoCircle size={18} />} p="sm">
              {words.onlyHere}
            </Alert>
          )}
        </Stack>
      </Section>
      <Frameworks website={website} chosen={framework} choose={choose} />
      {made && <KeyOnce made={made} isHeld done={() => client.setQueryData(queryKey, null)} />}
      <Section title={words.next}>
        <Group justify="space-between">
          <Text size="sm">{words.nextWhy}</Text>
          <Button
            component={Link}
            to={`/websites/${website.id}/check`}
            rightSection={<IconArrowRight size={16} aria-hidden />}
          >
            {words.toCheck}
          </Button>
        </Group>
      </Section>
    </Screen>
  );
}

/** Why the new website could not be reached, where it just was added. */
function unreachedOf(state: unknown): string | undefined {
  const problem = (state as { unreached?: unknown } | null)?.unreached;
  return typeof problem === 'string' ? problem : undefined;
}

/** RFC 6761 §6.3: names below `localhost` are this machine. */
function isOnlyHere(connectionUrl: string): boolean {
  return new URL(connectionUrl).hostname.endsWith('.localhost');
}
