import { useMediaQuery } from '@mantine/hooks';

/** Whether the page has one column, as on a telephone; the same width as in the style sheets. */
export function usePhone(): boolean {
  return useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false });
}
