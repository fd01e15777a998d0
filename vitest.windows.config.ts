// For `npm run test:windows`: vitest on Node for Windows, under Wine.
import { mergeConfig } from 'vitest/config';
import config from './vitest.config.ts';

export default mergeConfig(config, {
  cacheDir: 'Z:/tmp/vitest',
  test: {
    // Wine has no pipes that a forked Node could talk through.
    pool: 'threads',
    server: { deps: { inline: [/@keyrack/] } },
  },
});
