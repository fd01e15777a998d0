import type { Operation } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Encoder } from '../encoder/encoders.ts';
import { useAsk } from '../operation/ask.ts';
import { OperationStage } from '../operation/stage/operation-stage.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import things from '../page/thing.module.css';
import { useSession } from '../session/session.tsx';
import { isolated } from '../texts/isolated.ts';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './front-desks.module.css';
import * as texts from './texts.ts';

/** Tries an encoder: asks for a card, reads it, and tells what was found. It writes nothing. */
export function EncoderTest({ encoder, onDone }: { readonly encoder: Encoder; onDone(): void }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const foundWords = useFoundWords();
  const [operation, setOperation] = useState<string | null>(null);
  const { ask, isAsking, error } = useAsk(operation, ({ id }) => setOperation(id));
  const begin = useCallback(
    () => ask({ property: property.id, kind: 'read', encoder: encoder.id }),
    [ask, property.id, encoder.id],
  );
  const begun = useRef(false);
  useEffect(() => {
    // React's strict mode runs effects twice; a test is asked for once.
    if (begun.current) return;
    begun.current = true;
    begin();
  }, [begin]);
  const buttons = (
    <>
      <Button size="xs" loading={isAsking} onClick={begin}>
        {t('testing.again')}
      </Button>
      <Button size="xs" variant="subtle" onClick={onDone}>
        {t('testing.done')}
      </Button>
    </>
  );
  const failure = error !== null && !isAsking && <Failure error={error} />;
  if (operation === null)
    return (
      <div className={classes.test}>
        {failure ? (
          <>
            {failure}
            <div className={things.buttons}>{buttons}</div>
          </>
        ) : (
          <Bones rows={3} />
        )}
      </div>
    );
  return (
    <div className={classes.test}>
      <OperationStage
        key={operation}
        id={operation}
        words={{ done: ({ operation: read }) => foundWords(read), buttons: () => buttons }}
      />
      {failure}
    </div>
  );
}

/** What a card that was read says of its encoder, and of itself. */
function useFoundWords() {
  const t = useTexts(texts);
  const times = useTimes();
  return ({ reading, serial, room }: Operation) => {
    const card = reading?.card ?? null;
    const opens =
      card === null
        ? t('testing.blank')
        : t('testing.opens', {
            room: isolated(room?.name ?? t('testing.roomGone')),
            until: times.dayAndClock(card.validUntil),
          });
    const state = reading === null ? '' : t(`testing.states.${reading.state}`);
    return { ask: t('testing.works', { serial: serial ?? '' }), why: `${opens} ${state}` };
  };
}
