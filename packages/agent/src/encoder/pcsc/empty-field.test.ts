import type { Mac } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import type { PcscService } from './pcsc-port.ts';
import { createReaderEncoder } from './reader-encoder.ts';

/**
 * When a reader's empty field is believed. The server takes it for "the card was lifted", and gives the plastic to the next
 * guest (docs/room-card-api.md, "Open outcomes, repeats and waits").
 */

const NOTHING = { present: false, events: 0, atr: new Uint8Array() };
const CARD = { present: true, events: 1, atr: new Uint8Array() };

/** A service whose cards can't be opened: what matters here is what it says of the reader. */
const service: PcscService = {
  connect: () => Promise.reject(Object.assign(new Error('no card'), { code: 'no-smartcard' })),
  stop() {},
};

function aReader() {
  const clock = createVirtualClock();
  const log = { info() {}, warn() {}, error() {} };
  const encoder = createReaderEncoder({ mac: '7C778A6C7D9C' as Mac, name: 'Reader', clock, log });
  let told = 0;
  encoder.onChange(() => {
    if (encoder.isFieldEmpty()) told += 1;
  });
  const plugIn = () => encoder.attach(service, 'Reader 00 00');
  return { clock, encoder, plugIn, told: () => told };
}

describe('the field of a reader', () => {
  test('is not called empty while it may still be finding its card, and then it is told', async () => {
    const { clock, encoder, plugIn, told } = aReader();
    plugIn();
    encoder.changed(NOTHING);
    expect(encoder.isFieldEmpty()).toBe(false);
    await clock.advance(PCSC_LIMITS.wakesMs - 1);
    expect([encoder.isFieldEmpty(), told()]).toEqual([false, 0]);
    await clock.advance(1);
    expect([encoder.isFieldEmpty(), told()]).toEqual([true, 1]);
  });

  test('is never called empty where the card was found a moment after the reader was powered', async () => {
    const { clock, encoder, plugIn, told } = aReader();
    plugIn();
    encoder.changed(NOTHING);
    await clock.advance(300);
    encoder.changed(CARD);
    await clock.advance(60_000);
    expect([encoder.isFieldEmpty(), told()]).toEqual([false, 0]);
  });

  test('is empty at once when a card that was there goes', async () => {
    const { clock, encoder, plugIn } = aReader();
    plugIn();
    encoder.changed(CARD);
    await clock.advance(100);
    encoder.changed({ ...NOTHING, events: 2 });
    expect(encoder.isFieldEmpty()).toBe(true);
  });

  test('is not called empty while the reader is away, and anew after it was', async () => {
    const { clock, encoder, plugIn } = aReader();
    plugIn();
    encoder.changed(CARD);
    await clock.advance(60_000);
    encoder.detach();
    expect(encoder.isFieldEmpty()).toBe(false);
    plugIn();
    encoder.changed(NOTHING);
    expect(encoder.isFieldEmpty()).toBe(false);
    await clock.advance(PCSC_LIMITS.wakesMs);
    expect(encoder.isFieldEmpty()).toBe(true);
  });

  test('is not called empty while something lies there that says nothing, which is told as that', async () => {
    const { clock, encoder, plugIn, told } = aReader();
    plugIn();
    encoder.changed(CARD);
    await clock.advance(100);
    encoder.changed({ ...NOTHING, mute: true, events: 1 });
    await clock.advance(60_000);
    expect([encoder.isFieldEmpty(), told(), encoder.unusable()]).toEqual([false, 0, 'card-not-answering']);
    encoder.changed({ ...NOTHING, events: 2 });
    expect([encoder.isFieldEmpty(), told(), encoder.unusable()]).toEqual([true, 1, null]);
  });

  test('is told when a card goes that nobody could look at', async () => {
    const { clock, encoder, plugIn, told } = aReader();
    plugIn();
    encoder.changed(CARD);
    await clock.advance(100);
    expect(encoder.card()).toBeNull();
    encoder.changed({ ...NOTHING, events: 2 });
    expect([encoder.isFieldEmpty(), told()]).toEqual([true, 1]);
  });

  test('leaves nothing behind when the encoder is closed', async () => {
    const { clock, encoder, plugIn, told } = aReader();
    plugIn();
    encoder.changed(NOTHING);
    await encoder.close();
    await clock.advance(60_000);
    expect([encoder.isFieldEmpty(), told(), clock.pending()]).toEqual([false, 0, 0]);
  });
});
