import { describe, expect, test } from 'vitest';
import { recordingLog } from '../testing/recording-log.ts';
import { sourceKey } from './client-address.ts';
import { createFailureLog } from './failure-log.ts';

const LIMITS = { perSource: { burst: 2, perMinute: 60 }, overall: { burst: 5, perMinute: 60 }, sources: 3 };

function failureLog(limits = LIMITS) {
  const { log, lines } = recordingLog();
  let at = 0;
  const failures = createFailureLog(log, () => at, limits);
  return {
    failures,
    lines,
    note: (source: string, times = 1) => {
      for (let n = 0; n < times; n += 1) failures.note(source, { n }, 'failed');
    },
    wait: (ms: number) => {
      at += ms;
    },
  };
}

describe('the log of what fails before authentication', () => {
  test('writes a burst of each source, and counts the rest', () => {
    const { failures, note, lines } = failureLog();
    note('192.0.2.1', 10);
    expect(lines.map((line) => line.n)).toEqual([0, 1]);
    failures.flush();
    expect(lines[2]).toMatchObject({ dropped: 8 });
    failures.flush();
    expect(lines).toHaveLength(3);
  });

  test('writes again as time passes, and says first what it left out', () => {
    const { note, wait, lines } = failureLog();
    note('192.0.2.1', 3);
    wait(1_000);
    note('192.0.2.1', 2);
    expect(lines.slice(2)).toMatchObject([{ dropped: 1 }, { n: 0, source: '192.0.2.1' }]);
    expect(lines).toHaveLength(4);
  });

  test('gains no more than a burst, however long it is quiet', () => {
    const { note, wait, lines } = failureLog();
    wait(3_600_000);
    note('192.0.2.1', 10);
    expect(lines).toHaveLength(2);
  });

  test('is bounded over all sources, also by those that it has forgotten', () => {
    const { note, lines } = failureLog();
    for (let n = 0; n < 1_000; n += 1) note(`192.0.2.${n}`);
    expect(lines).toHaveLength(5);
  });

  test('leaves the common bucket to the others when one source is loud', () => {
    const { note, lines } = failureLog();
    note('192.0.2.1', 1_000);
    note('192.0.2.2');
    expect(lines.filter((line) => line.source === '192.0.2.2')).toHaveLength(1);
  });

  test('forgets the source that was quiet for longest', () => {
    const limits = { ...LIMITS, overall: { burst: 100, perMinute: 60 } };
    const { note, lines } = failureLog(limits);
    note('192.0.2.1', 3);
    note('192.0.2.2');
    note('192.0.2.1');
    note('192.0.2.3');
    note('192.0.2.4');
    const before = lines.length;
    note('192.0.2.1');
    expect(lines).toHaveLength(before);
  });
});

describe('one source is', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s as %s', (address, source) => expect(sourceKey(address)).toBe(source));
});
