import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { htmlTags } from '../../../../server/src/snippets/html-tags.ts';
import type { PageWords } from '../../../../server/src/snippets/snippet.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { FrameworkSelect } from '../../parts/framework-select.tsx';
import { Section } from '../../parts/section.tsx';
import { useFramework } from '../../parts/use-framework.ts';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';

const words = text.builder;

/** The tags to copy: in the website's framework, and as HTML. */
export function TagCodes({ page }: { page: PageWords }) {
  const website = useWebsite();
  const chosen = useFramework(website);
  const { framework } = chosen;
  const isHtml = framework.id === 'html';
  return (
    <Section title={words.tags} actions={<FrameworkSelect {...chosen} />}>
      <Stack gap="md">
        {framework.page(page).map(({ file, code }) => (
          <CodeBlock key={file} file={file} code={code} />
        ))}
        {!isHtml && (
          <>
            <Text size="sm" c="dimmed">
              {words.rest}{' '}
              <Anchor component={Link} to={`/websites/${website.id}/install?for=${framework.id}`} inherit>
                {words.toInstall}
              </Anchor>
            </Text>
            <CodeBlock file={words.asHtml} code={htmlTags(page)} />
          </>
        )}
      </Stack>
    </Section>
  );
}
