import { Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { text } from '../../text/text.ts';
import { cutBy, type Written } from './written.ts';

const words = text.builder;
const usualTypes = ['website', 'article', 'product', 'profile'];

export interface WordsFormProps {
  readonly written: Written;
  readonly change: (change: Partial<Written>) => void;
}

/** What the page says of itself. */
export function WordsForm({ written, change }: WordsFormProps) {
  const { title, description, type, siteName } = written;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Stack gap="md">
        <TextInput
          label={words.pageTitle}
          description={cut('title', title)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={title.trim() === '' && words.noTitle}
          value={title}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <Textarea
          label={words.description}
          description={cut('description', description)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autosize
          minRows={2}
          maxRows={6}
          value={description}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
      </Stack>
      <Stack gap="md">
        <TextInput
          label={words.siteName}
          value={siteName}
          onChange={(event) => change({ siteName: event.currentTarget.value })}
        />
        <Select
          label={words.type}
          data={[...new Set([...usualTypes, type])]}
          value={type}
          onChange={(chosen) => chosen !== null && change({ type: chosen })}
          allowDeselect={false}
        />
      </Stack>
    </SimpleGrid>
  );
}

function cut(part: 'title' | 'description', written: string): string {
  const by = cutBy(part, written.trim());
  return by.length === 0 ? words.length([...written.trim()].length) : words.cut(by);
}
