import { Anchor, Stack, Tabs, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { type FrameworkId, frameworkNames } from '../../../../server/src/model/frameworks.ts';
import { frameworkOf, frameworks } from '../../../../server/src/snippets/frameworks.ts';
import type { Framework, Snippet } from '../../../../server/src/snippets/snippet.ts';
import type { Website } from '../../api/types.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { FrameworkIcon } from '../../parts/framework-icon.tsx';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';
import classes from './install.module.css';

const words = text.install;
const steps: Readonly<Record<string, string>> = words.steps;

export interface FrameworksProps {
  readonly website: Website;
  readonly chosen: Framework;
  readonly choose: (id: FrameworkId) => void;
}

/** One framework at a time, with all that is to be pasted. */
export function Frameworks({ website, chosen, choose }: FrameworksProps) {
  const tabs = useRef<HTMLDivElement>(null);
  // On a phone the chosen one may stand beside the screen.
  useEffect(() => {
    const tab = tabs.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (tab && tabs.current)
      tabs.current.scrollLeft = tab.offsetLeft - (tabs.current.clientWidth - tab.offsetWidth) / 2;
  }, [chosen.id]);
  return (
    <Section title={words.framework}>
      <Tabs
        value={chosen.id}
        onChange={(id) => id !== null && choose(frameworkOf(id).id)}
        variant="pills"
        keepMounted={false}
        activateTabWithKeyboard
      >
        <Tabs.List ref={tabs} className={classes['tabs'] ?? ''} aria-label={words.framework}>
          {frameworks.map(({ id }) => (
            <Tabs.Tab key={id} value={id} leftSection={<FrameworkIcon id={id} />}>
              {frameworkNames[id]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {frameworks.map((framework) => (
          <Tabs.Panel key={framework.id} value={framework.id} pt="xl">
            <Stack gap={40}>
              <Part title={words.tags} why={words.tagsWhy} snippets={framework.tags} website={website} />
              <Part title={words.freshness} why={words.freshnessWhy} snippets={framework.freshness} website={website} />
              {website.settings.defaultMaxAge === null && (
                <Text size="sm">
                  {words.defaultMaxAge}{' '}
                  <Anchor component={Link} to={`/websites/${website.id}/settings`}>
                    {words.toDefaultMaxAge}
                  </Anchor>
                </Text>
              )}
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Section>
  );
}

interface PartProps {
  readonly title: string;
  readonly why: string;
  readonly snippets: readonly Snippet[];
  readonly website: Website;
}

function Part({ title, why, snippets, website: { connectionUrl, origin } }: PartProps) {
  return (
    <Stack gap="lg">
      <div>
        <Title order={3} size="h5">
          {title}
        </Title>
        <Text size="sm" c="dimmed" mt={2}>
          {why}
        </Text>
      </div>
      {snippets.map(({ id, file, code }) => (
        <Stack key={id} gap={8}>
          <Text size="sm">{steps[id]}</Text>
          <CodeBlock file={file} code={code({ connectionUrl, origin })} />
        </Stack>
      ))}
    </Stack>
  );
}
