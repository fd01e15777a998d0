import type { MantineColorSchemeManager } from '@mantine/core';
import { localStorageColorSchemeManager } from '@mantine/core';

/** Which theme this browser chose: light, dark, or as its system. */
export const colorScheme: MantineColorSchemeManager = localStorageColorSchemeManager({ key: 'keyrack-theme' });
