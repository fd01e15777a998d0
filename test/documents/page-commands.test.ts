import { join } from 'node:path';
import { LANGUAGE_TEXTS } from '@keyrack/agent/page/language-texts.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../world/processes.ts';
import { FIRST_PROPERTY, SET_UP_LINK, setUpProperty, setUpTokenIn } from '../world/set-up.ts';
import { checkoutIn, openStage, type Stage } from './testing/stage.ts';

/** Every command that a page or a program of Keyrack shows to be typed works as it stands, in a checkout. */

let stage: Stage | null = null;
afterEach(() => stage?.close());

async function inCheckout(): Promise<Stage> {
  const opened = openStage({
    PORT: String(await freePort()),
    PAGE_PORT: '0',
    KEYRACK_METRICS: 'none',
    KEYRACK_LOG_LEVEL: 'silent',
  });
  stage = opened;
  const folder = join(opened.root, 'opt/keyrack');
  checkoutIn(folder);
  await opened.run(`cd ${folder}`);
  return opened;
}

function unescaped(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

/** What the desk's page says where no encoder is there. */
async function followAdvice(computer: Stage, language: 'en' | 'zh', said: string): Promise<void> {
  expect(LANGUAGE_TEXTS[language].noEncoders['plug-in'].text).toContain('“{doctor}”');
  const [, url = ''] = /page for the desk: (\S+)/.exec(said) ?? [];
  const [, shown = ''] = /data-doctor="([^"]*)"/.exec(await (await fetch(url)).text()) ?? [];
  const { code, out } = await computer.run(unescaped(shown));
  expect(out).toContain('✓ identity: paired as agent');
  // Whether PC/SC is here is another matter.
  expect([0, 1]).toContain(code);
}

describe('what is shown for a first front desk', () => {
  test.each(['en', 'zh'] as const)(
    'in %s: a desk pairs by its line, and its page says what to try',
    async (language) => {
      const computer = await inCheckout();
      const said = await computer.begin('npx keyrack serve', SET_UP_LINK);
      await setUpProperty(`http://127.0.0.1:${computer.env.PORT}`, setUpTokenIn(said));
      const { number } = FIRST_PROPERTY.property;
      const lineOf = async () => {
        const made = await computer.run(`npx keyrack agents pair --property ${number}`);
        expect(made).toMatchObject({ code: 0, err: '' });
        return (JSON.parse(made.out) as { command: string }).command;
      };
      // The usual port of the page may be another program's.
      const atDesk = await computer.begin(`${await lineOf()} --page-port 0`, 'ready');
      await followAdvice(computer, language, atDesk);
      await computer.begin(`${await lineOf()} --data ./another-desk --page-port 0`, 'ready');
      const { out } = await computer.run(`npx keyrack agents list --property ${number}`);
      expect(JSON.parse(out)).toHaveLength(2);
    },
  );
});

test('what the demonstration shows', async () => {
  const computer = await inCheckout();
  const said = await computer.begin('npx keyrack demo', 'Ctrl-C stops it.');
  // A command may go on in the next line, behind a backslash.
  const lines = said
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim());
  const commands = lines.filter((line) => /^(?:npx keyrack|curl) /.test(line));
  expect(commands).toHaveLength(4);
  for (const command of commands) {
    const { code, out, err } = await computer.run(command);
    // A door that stays shut answers 1; what can't be understood answers 2.
    expect([command, code === 0 || (code === 1 && command.includes(' knock ')), out, err]).toEqual([
      command,
      true,
      out,
      err,
    ]);
  }
});
