import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconShare3 } from '@tabler/icons-react';
import { text } from '../../../text/text.ts';
import { Sharing } from './sharing.tsx';

const words = text.sharedPreview;

export interface ShareButtonProps {
  readonly websiteId: number;
  readonly target: string;
}

/** Opens the dialog with the links of a page. */
export function ShareButton({ websiteId, target }: ShareButtonProps) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="light" leftSection={<IconShare3 size={15} aria-hidden />} onClick={open}>
        {words.share}
      </Button>
      <Modal opened={isOpen} onClose={close} title={words.title} size="lg">
        <Sharing websiteId={websiteId} target={target} />
      </Modal>
    </>
  );
}
