import { Select } from '@mantine/core';
import { type FrameworkId, frameworkIds, frameworkNames } from '../../../server/src/model/frameworks.ts';
import { text } from '../text/text.ts';
import { FrameworkIcon } from './framework-icon.tsx';
import type { ChosenFramework } from './use-framework.ts';

const data = frameworkIds.map((value) => ({ value, label: frameworkNames[value] }));

/** What snippets are written for. */
export function FrameworkSelect({ framework, remember }: ChosenFramework) {
  return (
    <Select<FrameworkId>
      aria-label={text.fixIt.framework}
      data={data}
      value={framework.id}
      onChange={(id) => id !== null && remember(id)}
      allowDeselect={false}
      leftSection={<FrameworkIcon id={framework.id} />}
      size="xs"
      w={150}
    />
  );
}
