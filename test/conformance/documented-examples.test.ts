import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@keyrack/server/runtime/clock.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyrack } from '../world/keyrack.ts';
import { scratchFolder } from '../world/scratch.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { ENDPOINTS, SAMPLE_TIME } from './testing/contract.ts';
import { postBody } from './testing/contract-property.ts';
import { type Example, examplesOf, wordsOf } from './testing/examples.ts';

/**
 * The examples of docs/room-card-api.md, in their order, against the demonstration on the day of the samples. Each ends
 * with the answer that the page shows.
 */

const page = readFileSync(new URL('../../docs/room-card-api.md', import.meta.url), 'utf8');
const examples = examplesOf(page);
/** Where the page has the demonstration. */
const DOCUMENTED = 'http://127.0.0.1:8080';

let template: Template;
let property: TestProperty;
const desk = scratchFolder();

beforeAll(async () => {
  template = await makeTemplate(SAMPLE_TIME);
  // The clock stands still, so that the page can show what is told of the time.
  property = await openProperty(template, { parts: { clock: { ...systemClock, now: () => SAMPLE_TIME } } });
  await property.openDesk();
});
afterAll(async () => {
  await property.close();
  template.remove();
  desk.remove();
});

/** Carries a line of the page out, as a shell in a folder of its own would, and answers what it prints. */
async function carryOut(line: string): Promise<string> {
  const [, told = '', file] = /^(.*?)(?: > (\S+))?$/.exec(line) ?? [];
  const [program, ...args] = wordsOf(told);
  const printed = await printedBy(program ?? '', args);
  if (file === undefined) return printed;
  writeFileSync(join(desk.path, file), printed);
  return '';
}

async function printedBy(program: string, args: readonly string[]): Promise<string> {
  switch (program) {
    case 'curl': {
      const [address = '', ...options] = args;
      const body = options[options.indexOf('-d') + 1] ?? '';
      const header = options.includes('-H') ? (options[options.indexOf('-H') + 1] ?? '') : '';
      const type = header.replace(/^content-type: /, '') || 'application/x-www-form-urlencoded';
      return (await postBody(address.replace(DOCUMENTED, property.url), body, type)).body;
    }
    case 'printf':
      return args[1] ?? '';
    case 'keyrack': {
      const env = { KEYRACK_DATA: property.folders.server };
      const { code, out, err } = await keyrack(args, env, desk.path).ended;
      expect([code, err]).toEqual([0, '']);
      return out;
    }
    default:
      throw new Error(`the page has a command that this test can't carry out: ${program}`);
  }
}

/** A record's id differs from run to run, and an answer that ends with an ellipsis is shown in part. */
function expectShown(printed: string, { answer }: Example): void {
  const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
  const plain = (text: string) => text.trim().replace(uuid, 'UUID');
  const [start, rest] = answer.split('…');
  const onOneLine = printed.startsWith('{\n') ? JSON.stringify(JSON.parse(printed)) : printed;
  const shown = rest === undefined ? onOneLine : onOneLine.slice(0, start?.length);
  expect(plain(shown)).toBe(plain(start ?? ''));
}

describe('the page', () => {
  test.each(examples.map((example) => [example.lines.at(-1)?.slice(0, 70), example] as const))(
    '%s…',
    async (_line, example) => {
      let printed = '';
      for (const line of example.lines) printed += await carryOut(line);
      expectShown(printed, example);
    },
    60_000,
  );

  test('has an example of every endpoint', () => {
    const shown = examples.flatMap(({ lines }) => lines).join('\n');
    for (const { path } of ENDPOINTS) expect(shown).toContain(`curl ${DOCUMENTED}${path}`.replace('curl ', ''));
  });

  test('names every field of every endpoint', () => {
    const [, common = ''] = page.split(/^## Every request$/m);
    for (const { name, path, required, optional } of ENDPOINTS) {
      const section = page.split(/^## /m).find((each) => each.split('\n', 1)[0]?.endsWith(`\`POST ${path}\``)) ?? '';
      const told = section + common.split(/^## /m)[0];
      for (const field of ['sig', ...required, ...optional]) expect(told, name).toContain(`\`${field}\``);
    }
  });
});
