import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../world/processes.ts';
import { FIRST_PROPERTY, setUpProperty, setUpTokenIn } from '../world/set-up.ts';
import { readDocument } from './testing/document.ts';
import { commandsOf } from './testing/printed-commands.ts';
import { REASONS } from './testing/reasons.ts';
import { carryOut, checkoutIn, goesOn, notRun, openStage, type Plan, runs, type Stage } from './testing/stage.ts';

/** Every command of the pages for a front desk, and of the README, in order and in a fresh folder. */

const open: Stage[] = [];
afterEach(async () => {
  for (const stage of open.splice(0)) await stage.close();
});

/** A computer with Keyrack. */
async function newStage(): Promise<Stage> {
  const port = await freePort();
  const stage = openStage({ PORT: String(port), PAGE_PORT: '0', KEYRACK_METRICS: 'none' });
  open.push(stage);
  stage.words.set('127.0.0.1:8080', `127.0.0.1:${port}`);
  stage.words.set('wss://HOST/agent', `ws://127.0.0.1:${port}/agent`);
  stage.words.set('NUMBER', FIRST_PROPERTY.property.number);
  return stage;
}

async function inCheckout(stage: Stage): Promise<void> {
  const folder = join(stage.root, 'opt/keyrack');
  checkoutIn(folder);
  await stage.run(`cd ${folder}`);
}

/** What `keyrack serve` says at its first start leads to a property. */
const setUp = async (stage: Stage, said: string) => {
  await setUpProperty(`http://${stage.words.get('127.0.0.1:8080')}`, setUpTokenIn(said));
};

/** Sends the request that `keyrack sign` printed. */
async function sendsIt(stage: Stage, printed: string): Promise<void> {
  const curl = printed.split('\n').find((line) => line.startsWith('curl ')) ?? '';
  expect(JSON.parse((await stage.run(curl)).out)).toMatchObject({ status: 200, info: 'success' });
}

function plansOf(stage: Stage): Record<string, Plan> {
  const pairing = runs(({ out }) => void stage.words.set('CODE', JSON.parse(out).code));
  const pairs = (command: string): Plan[number] => [command, goesOn('ready')];
  const prints = (expected: object) => runs(({ out }) => expect(JSON.parse(out)).toMatchObject(expected));
  /** The lines of the README behind `serve`, each with what comes of it. */
  const bringUp = commandsOf(readDocument('README.md'))
    .filter((command) => /^npx keyrack (?!serve)/.test(command))
    .map((command): Plan[number] => {
      const [, , group = '', verb = ''] = command.split(' ');
      switch (`${group} ${verb}`) {
        case 'rooms import':
          return [command, prints({ added: 120, changed: 0 })];
        case 'members import':
          return [command, prints({ added: 3, changed: 0 })];
        case 'accounts create':
          return [
            command,
            runs(({ out }) => {
              const { sid, token } = JSON.parse(out);
              stage.words.set('SID', sid).set('TOKEN', token);
            }),
          ];
        case 'accounts allow':
          return [command, runs(({ out }) => expect(JSON.parse(out).properties).toHaveLength(2))];
        case 'agents pair':
          return [command, pairing];
        case 'agent --server':
          return command.endsWith('--pcsc') ? [command, notRun(REASONS.reader)] : pairs(command);
        case 'sign makeRoomCard':
        case 'sign cancelCard':
          return [command, runs(({ out }) => sendsIt(stage, out))];
        default:
          return [command, runs()];
      }
    });
  return {
    'README.md': [
      ['npm start', goesOn('Ctrl-C stops it.')],
      [
        commandsOf(readDocument('README.md'))[1] ?? '',
        runs(async ({ out }) => {
          expect(out).toBe('{"status":200,"info":"success"}');
          // The sentences behind it.
          expect((await stage.run('npx keyrack sim list')).out).toContain('4567');
          expect((await stage.run('npx keyrack sim knock 001001R007 4567')).code).toBe(1);
          await stage.end();
        }),
      ],
      ['npm test', notRun(REASONS.tests)],
      ['npx keyrack serve', goesOn('/set-up#')],
      ...bringUp,
    ],

    'docs/desk-pc.md': [
      ['keyrack agents pair --property NUMBER', pairing],
      [
        'keyrack agent --server wss://HOST/agent --pair CODE --pcsc',
        goesOn('ready', async () => {
          await stage.end();
          await stage.begin('keyrack serve', 'Keyrack listens on');
          const again = await stage.run('keyrack agents pair --property NUMBER');
          stage.words.set('CODE', JSON.parse(again.out).code);
          // A service has its own folder.
          stage.words.set('keyrack agent pair', `keyrack agent pair --data ${stage.words.get('FOLDER')}`);
        }),
      ],
      [
        'keyrack agent pair CODE --server wss://HOST/agent',
        runs(async ({ out }) => {
          expect(out).toContain('Paired with');
          writeFileSync(
            join(stage.root, 'etc/systemd/system/keyrack-agent.service'),
            readFileSync(new URL('../../packaging/keyrack-agent.service', import.meta.url)),
          );
          await stage.beginUnit('keyrack-agent', 'ready');
        }),
      ],
      ['journalctl -u keyrack-agent', notRun(REASONS.systemd)],
      [
        'keyrack agent doctor --data FOLDER --pcsc',
        // Whether PC/SC is here is another matter.
        runs(({ out }) => expect(out).toContain(`✓ server: ${stage.words.get('wss://HOST/agent')} answers`), [0, 1]),
      ],
    ],

    'docs/encoders.md': [
      [
        'apt-get install pcscd libccid',
        notRun(REASONS.packages, async () => {
          await setUp(stage, await stage.begin('keyrack serve', '/set-up#'));
          const { out } = await stage.run('keyrack agents pair --property NUMBER');
          stage.words.set('CODE', JSON.parse(out).code);
        }),
      ],
      pairs('keyrack agent --server wss://HOST/agent --pair CODE --pcsc'),
      // Whether pcscd runs here is another matter; the tests of card readers see to that.
      [
        'keyrack agent readers',
        runs(({ code, err }) => expect(code === 0 || err.includes('PC/SC')).toBe(true), [0, 1]),
      ],
      ['keyrack agent readers --trace reader.jsonl', notRun(REASONS.reader)],
    ],

    'docs/locks.md': [
      [
        'keyrack locks new-key programmer.key',
        runs(async ({ out }) => {
          stage.words.set('PUBLIC-KEY', out.trim());
          await stage.begin('keyrack demo', 'Ctrl-C stops it.');
        }),
      ],
      [
        'KEYRACK_DATA=./data/demo keyrack locks export 001/001/R007 --property 1316879946 --for PUBLIC-KEY > R007.json',
        runs(),
      ],
      ['keyrack sim program 001001R007 R007.json --key programmer.key', runs()],
      ['keyrack sim knock 001001R007 4567', runs(({ out }) => expect(out).toContain('opens'))],
    ],
  };
}

describe.each(['README.md', 'docs/desk-pc.md', 'docs/encoders.md', 'docs/locks.md'])('%s', (name) => {
  test('every command of the page is run here, or listed with its reason', async () => {
    const plan = plansOf(await newStage())[name] ?? [];
    expect(plan.map(([command]) => command)).toEqual(commandsOf(readDocument(name)));
  });

  test('they do what the page says, in order', async () => {
    const stage = await newStage();
    await inCheckout(stage);
    if (name === 'docs/desk-pc.md') {
      for (const folder of ['etc/systemd/system', 'etc/keyrack', 'var/lib'])
        mkdirSync(join(stage.root, folder), { recursive: true });
      writeFileSync(join(stage.root, 'etc/keyrack/agent.env'), '');
      stage.words.set('FOLDER', join(stage.root, 'var/lib/keyrack-agent'));
      await setUp(stage, await stage.begin('keyrack serve', '/set-up#'));
    }
    await carryOut(stage, plansOf(stage)[name] ?? []);
  });
});
