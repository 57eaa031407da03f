import { useQuery } from '@tanstack/react-query';
import { members } from '../../api/members.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { Invitations } from './invitations.tsx';
import { MemberList } from './member-list.tsx';

const words = text.members;

/** Who may see the website, and who is invited. */
export function Component() {
  const website = useWebsite();
  const { data, error, refetch } = useQuery(members(website.id));
  return (
    <Screen title={words.title} lead={words.lead} width={860}>
      {error ? (
        <ErrorNote error={error} retry={refetch} />
      ) : data ? (
        <>
          <MemberList website={website} members={data.members} />
          {website.role === 'owner' && <Invitations websiteId={website.id} invitations={data.invitations} />}
        </>
      ) : (
        <Section title={words.list}>
          <SkeletonLines count={3} />
        </Section>
      )}
    </Screen>
  );
}
