// For `npm run test:windows`: vitest on Node for Windows, under Wine.
import { mergeConfig } from 'vitest/config';
import config from './vitest.config.ts';

const { projects: _ofUnix, ...test } = config.test ?? {};

export default mergeConfig(
  { ...config, test },
  {
    cacheDir: 'Z:/tmp/vitest',
    test: {
      include: ['packages/*/src/**/*.test.ts'],
      // Wine has no pipes that a forked Node could talk through.
      pool: 'threads',
      server: { deps: { inline: [/@keyrack/] } },
    },
  },
);
