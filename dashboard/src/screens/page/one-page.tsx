import { Anchor, Card, Grid, SimpleGrid, Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconExternalLink } from '@tabler/icons-react';
import type { PageDetail } from '../../api/types.ts';
import { FixIt } from '../../parts/fix-it.tsx';
import { Screen } from '../../parts/screen.tsx';
import { useMends } from '../../parts/use-mends.ts';
import { When } from '../../parts/when.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { CardAddress } from './card-address.tsx';
import { Headers } from './headers.tsx';
import { NetworkRequests } from './network-requests.tsx';
import { PageActions } from './page-actions.tsx';
import { PagePreviews } from './page-previews.tsx';
import { Pictures } from './pictures.tsx';
import { ProgressLine } from './progress-line.tsx';
import { Requests } from './requests.tsx';
import { ShareButton } from './share/share-button.tsx';
import { StateLine } from './state-line.tsx';
import { Tags } from './tags.tsx';
import { Timeline } from './timeline.tsx';
import { useDrawing } from './use-drawing.ts';
import { usePageEvents } from './use-page-events.ts';
import { usePurge } from './use-purge.ts';
import { Verdict } from './verdict.tsx';

const words = text.page;

/** The screen of a page that is known. */
export function OnePage({ page }: { page: PageDetail }) {
  const website = useWebsite();
  const { id, role } = website;
  const { target, url, explanation, document, response } = page;
  const known = useMends(website, target, document);
  // A page of another website, which a signed address named, has tags of its own.
  const mends = target.startsWith('/') ? known : undefined;
  const drawing = useDrawing(id, target);
  const purging = usePurge(id, target);
  usePageEvents(id, target);
  const mayChange = role !== 'viewer';
  const purge = () => {
    if (mayChange && !purging.isPending && !drawing.isRunning) purging.mutate();
  };
  useHotkeys([
    ['p', purge],
    ['d', () => mayChange && drawing.draw('all')],
  ]);
  const actions = mayChange && (
    <PageActions purge={purge} isPurging={purging.isPending} draw={drawing.draw} isDrawing={drawing.isRunning} />
  );
  return (
    <Screen
      title={target}
      back={{ to: `/websites/${id}/pages`, label: words.toPages }}
      lead={
        <Anchor
          href={url}
          target="_blank"
          rel="noreferrer"
          size="sm"
          title={words.open}
          style={{ overflowWrap: 'anywhere' }}
        >
          {url} <IconExternalLink size={14} style={{ verticalAlign: -2 }} aria-label={words.open} />
        </Anchor>
      }
      actions={actions}
    >
      <Card withBorder radius="lg" padding="lg">
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
          {/* As high before anything is known as after, so that the first drawing moves nothing. */}
          <Stack gap="sm" mih={explanation ? 0 : 152}>
            <StateLine page={page} />
            {explanation && <Verdict explanation={explanation} isSaid />}
            {page.cachingFault !== null && mends && (
              <FixIt mend={mends.mendOf(page.cachingFault)} of={text.fixIt.caching} />
            )}
          </Stack>
          {page.cardUrl !== null && <CardAddress address={page.cardUrl} />}
        </SimpleGrid>
        <Card.Section withBorder inheritPadding py="sm" mt="md">
          <ProgressLine progress={drawing.progress} otherwise={<LastDrawn page={page} />} />
        </Card.Section>
      </Card>
      <PagePreviews
        page={page}
        drawing={mayChange ? drawing : null}
        share={mayChange && target.startsWith('/') && <ShareButton websiteId={id} target={target} />}
      />
      <Pictures cards={page.cards} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Timeline decisions={page.decisions} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Requests requests={page.requests} />
        </Grid.Col>
      </Grid>
      <Tags
        document={document}
        checkAt={`/websites/${id}/check?target=${encodeURIComponent(target)}`}
        {...(mends && { mends })}
        below={
          <>
            <div>
              <NetworkRequests websiteId={id} target={target} />
            </div>
            {response && (
              <div>
                <Headers response={response} />
              </div>
            )}
          </>
        }
      />
    </Screen>
  );
}

function LastDrawn({ page: { cards } }: { page: PageDetail }) {
  const newest = cards
    .flatMap(({ drawnAt }) => (drawnAt === null ? [] : [drawnAt]))
    .sort()
    .at(-1);
  if (newest === undefined) return words.neverDrawn;
  return (
    <>
      {words.lastDrawn} <When at={newest} />
    </>
  );
}
