import { LANGUAGE_TEXTS } from '@keyrack/agent/page/language-texts.ts';
import { ENDINGS, SIGN_IN_ENDS } from '@keyrack/server/dispatch/server-texts.ts';
import { CAUSES } from '@keyrack/server/domain/causes.ts';
import { expect, test } from 'vitest';

test("the agent's page has a Chinese sentence for everything that the server gives as a cause", () => {
  const causes = Object.keys({ ...CAUSES, ...ENDINGS, ...SIGN_IN_ENDS });
  const missing = causes.filter((cause) => LANGUAGE_TEXTS.zh.causes[cause] === undefined);
  expect(missing, 'to be added to packages/agent/src/page/causes-chinese.ts').toEqual([]);
});
