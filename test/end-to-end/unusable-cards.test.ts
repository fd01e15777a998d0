import { type UnusableReason, unusableReason } from '@keyrack/protocol';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { CAUSES } from '@keyrack/server/domain/causes.ts';
import { describe, expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { refusal } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/**
 * A phone, a bank card, a card of another kind or a busy encoder is told as what it is, over HTTP against a running server,
 * and not as "no card was put on the encoder" (docs/room-card-api.md, "Causes").
 */

const world = propertyForEachTest({ cardWaitSeconds: 0.7, answerWaitSeconds: 1.4 });
const failed = (reason: UnusableReason) => refusal(6201, 'Read card error', CAUSES[reason]);

describe('what lies on the encoder and cannot be used', () => {
  test('is told to the caller, each by its own sentence', async () => {
    const desk = await world.openWithoutCard();
    for (const reason of unusableReason.options) {
      desk.cards.encoders[0]?.makeUnusable(reason);
      expect((await world.property.command('readCard')).body, reason).toBe(failed(reason));
    }
    expect(desk.use.writes).toBe(0);
  });

  test('does not keep the right card from being used, once it lies there', async () => {
    const desk = await world.openWithoutCard({ cardWaitSeconds: 10, answerWaitSeconds: 12 });
    desk.cards.encoders[0]?.makeUnusable('not-a-room-card');
    const asked = world.property.command('readCard');
    await until('the server knows of it', () => world.operations()[0]?.cause === 'not-a-room-card');
    desk.cards.encoders[0]?.makeUnusable(null);
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect(JSON.parse((await asked).body)).toMatchObject({ status: 200, data: { serialNum: PUBLISHED.serial } });
  });
});
