import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link } from 'react-router';
import { text } from '../text/text.ts';

/** Leads to where the page's tags are written by hand. */
export function ToBuilder({ websiteId, target }: { readonly websiteId: number; readonly target: string }) {
  return (
    <Button
      component={Link}
      to={`/websites/${websiteId}/builder?target=${encodeURIComponent(target)}`}
      variant="default"
      size="xs"
      w="fit-content"
      leftSection={<IconPencil size={14} aria-hidden />}
    >
      {text.builder.open}
    </Button>
  );
}
