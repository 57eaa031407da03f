import { useMediaQuery } from '@mantine/hooks';

/** Whether parts of a screen stand below each other, for want of room beside each other. */
export function useIsNarrow(): boolean {
  return useMediaQuery('(max-width: 74.99em)', false, { getInitialValueInEffect: false });
}
