import { Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type AuditFilter, auditActors } from '../../api/audit-log.ts';
import { text } from '../../text/text.ts';
import { subjects } from './use-audit-filter.ts';

const words = text.auditLog;
const all = '';

export interface FiltersProps {
  readonly websiteId: number;
  readonly filter: AuditFilter;
  readonly change: (change: Partial<AuditFilter>) => void;
}

/** What is listed, and whose changes. */
export function Filters({ websiteId, filter, change }: FiltersProps) {
  const { data: actors = [] } = useQuery(auditActors(websiteId));
  const people = actors.map(({ id, actor }) => {
    // A person is one, with a key and without.
    const label = actor.kind === 'person-key' ? actor.name : words.whoever(actor);
    return { value: id, label };
  });
  return (
    <Group gap="md" component="search" grow preventGrowOverflow={false}>
      <Select
        label={words.what}
        data={[
          { value: all, label: words.everything },
          ...subjects.map((subject) => ({ value: subject, label: words.subjects[subject] })),
        ]}
        value={filter.subject ?? all}
        onChange={(value) => change({ subject: subjects.find((subject) => subject === value) ?? null })}
        allowDeselect={false}
        checkIconPosition="right"
        miw={180}
      />
      <Select
        label={words.who}
        data={[{ value: all, label: words.everybody }, ...people]}
        value={filter.actor ?? all}
        onChange={(value) => change({ actor: value === all ? null : value })}
        allowDeselect={false}
        searchable={people.length > 8}
        checkIconPosition="right"
        miw={180}
      />
    </Group>
  );
}
