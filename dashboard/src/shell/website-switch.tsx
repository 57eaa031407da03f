import { Group, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { websites } from '../api/websites.ts';
import { WebsiteIcon } from '../parts/website-icon.tsx';
import { text } from '../text/text.ts';

/** Another website, from wherever one is. */
export function WebsiteSwitch({ websiteId }: { websiteId: number }) {
  const { data = [] } = useQuery(websites);
  const navigate = useNavigate();
  return (
    <Select
      aria-label={text.nav.switchWebsite}
      data={data.map(({ id, host }) => ({ value: String(id), label: host }))}
      value={String(websiteId)}
      leftSection={<WebsiteIcon key={websiteId} websiteId={websiteId} size={18} />}
      renderOption={({ option }) => (
        <Group gap="xs" wrap="nowrap" miw={0}>
          <WebsiteIcon websiteId={Number(option.value)} size={18} />
          <Text size="sm" truncate>
            {option.label}
          </Text>
        </Group>
      )}
      onChange={(id) => id !== null && navigate(`/websites/${id}`)}
      searchable={data.length > 8}
      allowDeselect={false}
      checkIconPosition="right"
      mb="xs"
    />
  );
}
