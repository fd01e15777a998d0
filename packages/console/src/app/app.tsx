import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createQueryClient } from '../api/queries.ts';
import { Broken } from '../page/broken.tsx';
import { Missing } from '../page/missing.tsx';
import { LanguageProvider } from '../texts/language.tsx';
import { colorScheme } from '../theme/color-scheme.ts';
import { cspNonce } from '../theme/csp-nonce.ts';
import { theme } from '../theme/theme.ts';
import { createConsoleRouter } from './router.tsx';

const client = createQueryClient();
const router = createConsoleRouter(client);
const nonce = cspNonce();

/** The console. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorScheme}
      withCssVariables={false}
      withGlobalClasses={false}
      getStyleNonce={() => nonce}
    >
      <LanguageProvider>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} defaultErrorComponent={Broken} defaultNotFoundComponent={Missing} />
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}
