import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS_IN_CHINESE, faultInChinese } from '@keyrack/console/problem/faults-chinese.ts';
import { PASSWORD_LENGTH } from '@keyrack/server/domain/limits.ts';
import { ranTogether } from '@keyrack/server/rest/places/place-view.ts';
import { expect, test } from 'vitest';

const rest = join(import.meta.dirname, '../../packages/server/src/rest');
const sources = readdirSync(rest, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(rest, file), 'utf8'))
  .join('\n')
  .replace(/\$\{most\}/g, '64')
  .replace(/\$\{PASSWORD_LENGTH\.least\}/g, String(PASSWORD_LENGTH.least))
  .replace(/\$\{PASSWORD_LENGTH\.most\}/g, String(PASSWORD_LENGTH.most))
  .replaceAll('\\`', '`');

test.each(Object.keys(FAULTS_IN_CHINESE))('the server still says that a field %s', (detail) => {
  expect(sources).toContain(detail);
});

test('numbers that run together are told in Chinese, with what they run to', () => {
  expect(faultInChinese(ranTogether('00120101'))).toContain('00120101');
});
