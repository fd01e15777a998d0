import { describe, expect, test } from 'vitest';
import { type LineTarget, lineSink, SINK_LIMITS } from './line-sink.ts';

/** A target that takes so many bytes of each line, or fails with a code of the system's. */
function scriptedTarget() {
  let taken = '';
  let behaviour: { takes: number } | { fails: string } = { takes: Number.POSITIVE_INFINITY };
  const target: LineTarget = {
    write(bytes) {
      if ('fails' in behaviour) throw Object.assign(new Error(behaviour.fails), { code: behaviour.fails });
      const part = Buffer.from(bytes).subarray(0, behaviour.takes);
      if (part.length === 0) behaviour = { fails: 'ENOSPC' };
      else behaviour = { ...behaviour, takes: behaviour.takes - part.length };
      taken += part.toString();
      return part.length;
    },
  };
  return { target, taken: () => taken, set: (next: typeof behaviour) => (behaviour = next) };
}

const failures: string[] = [];
const sinkOver = (target: LineTarget) => {
  failures.length = 0;
  return lineSink(target, {
    lossLine: (lines, why) => `lost ${lines}: ${why}\n`,
    onFailure: ({ code }) => void failures.push(code ?? ''),
  });
};

describe('a log whose target fails', () => {
  test.each(['ENOSPC', 'EDQUOT', 'EIO', 'EPIPE', 'EBADF', 'EROFS', 'EMFILE'])(
    'by %s never throws, and says how many lines are missing once it works again',
    (code) => {
      const { target, taken, set } = scriptedTarget();
      const sink = sinkOver(target);
      sink.write('one\n');
      set({ fails: code });
      sink.write('two\n');
      sink.write('three\n');
      set({ takes: Number.POSITIVE_INFINITY });
      sink.write('four\n');
      sink.write('five\n');
      expect(taken()).toBe(`one\nlost 2: ${code}\nfour\nfive\n`);
      expect(failures).toEqual([code]);
    },
  );

  test('in the middle of a line begins the next one on a line of its own', () => {
    const { target, taken, set } = scriptedTarget();
    const sink = sinkOver(target);
    set({ takes: 3 });
    sink.write('{"torn":1}\n');
    set({ takes: Number.POSITIVE_INFINITY });
    sink.write('whole\n');
    expect(taken()).toBe('{"t\nlost 1: ENOSPC\nwhole\n');
  });

  test('again and again is told each time', () => {
    const { target, set } = scriptedTarget();
    const sink = sinkOver(target);
    for (const code of ['ENOSPC', 'EIO']) {
      set({ fails: code });
      sink.write('lost\n');
      sink.write('lost\n');
      set({ takes: Number.POSITIVE_INFINITY });
      sink.write('written\n');
    }
    expect(failures).toEqual(['ENOSPC', 'EIO']);
  });
});

describe('a log whose reader is slow', () => {
  test('waits with what is there, in order, and without holding anybody up', async () => {
    const { target, taken, set } = scriptedTarget();
    const sink = sinkOver(target);
    set({ fails: 'EAGAIN' });
    sink.write('one\n');
    sink.write('two\n');
    expect(taken()).toBe('');
    set({ takes: Number.POSITIVE_INFINITY });
    await expect.poll(taken).toBe('one\ntwo\n');
    expect(failures).toEqual([]);
  });

  test('loses what is more than may wait', () => {
    const { target, taken, set } = scriptedTarget();
    const sink = sinkOver(target);
    set({ fails: 'EAGAIN' });
    const line = `${'x'.repeat(SINK_LIMITS.waitingBytes / 4 - 2)}\n`;
    for (let n = 0; n < 7; n += 1) sink.write(line);
    set({ takes: Number.POSITIVE_INFINITY });
    sink.flush();
    sink.write('last\n');
    expect(taken()).toBe(`${line.repeat(4)}lost 3: nobody reads it\nlast\n`);
  });
});
