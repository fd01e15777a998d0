import type { Language } from './language.ts';
import { pageHeaders, wholePage } from './page.ts';

/**
 * `building`: it will be there in a moment. `failed`: it was tried. `not-built`: somebody must begin.
 */
export type ConsoleState = 'building' | 'failed' | 'not-built';

export const BUILD_COMMAND = 'npm run build -w @keyrack/console';

/** Loaded again, the page keeps what stands behind its #, such as the link that signs somebody in. */
const SCRIPT = 'setTimeout(()=>location.reload(),2000)';

export const NOT_BUILT_HEADERS: Readonly<Record<string, string>> = {
  ...pageHeaders(SCRIPT),
  vary: 'accept, accept-language',
  'retry-after': '2',
};

interface Texts {
  readonly title: string;
  readonly says: Readonly<Record<ConsoleState, string>>;
}

const TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    title: 'Keyrack',
    says: {
      building:
        '<p>The console is being built, which takes some seconds. This page opens it by itself as soon as it is there.</p>',
      failed: `<p>The console could not be built. The terminal in which Keyrack runs says why. Mend that, then run this in Keyrack's folder; this page opens the console by itself.</p><code>${BUILD_COMMAND}</code>`,
      'not-built': `<p>The console isn't built. Run this in Keyrack's folder; this page opens the console by itself.</p><code>${BUILD_COMMAND}</code>`,
    },
  },
  zh: {
    title: 'Keyrack',
    says: {
      building: '<p>正在构建控制台，需要几秒钟。完成后本页会自动打开控制台。</p>',
      failed: `<p>控制台构建失败。运行 Keyrack 的终端窗口中有原因说明。请先解决问题，再在 Keyrack 的目录中运行下面的命令；完成后本页会自动打开控制台。</p><code>${BUILD_COMMAND}</code>`,
      'not-built': `<p>控制台尚未构建。请在 Keyrack 的目录中运行下面的命令；完成后本页会自动打开控制台。</p><code>${BUILD_COMMAND}</code>`,
    },
  },
};

export function notBuiltPage(language: Language, state: ConsoleState): string {
  const { title, says } = TEXTS[language];
  return wholePage({ language, title, body: says[state], script: SCRIPT });
}
