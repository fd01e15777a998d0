import { useQueryClient } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { Sure } from '../page/sure.tsx';
import { useSession } from '../session/session.tsx';
import { Sentences } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './room.module.css';
import type { CardRecord } from './room.ts';
import * as texts from './texts.ts';

/** Asks before a card that is gone is taken off the books, and says what that doesn't change. */
export function RetireCard({ record, onDone }: { readonly record: CardRecord; readonly onDone: () => void }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { property } = useSession();
  const client = useQueryClient();
  const { serial, validUntil, mayOpenUntil } = record;
  if (serial === null) return null;
  return (
    <div className={classes.section}>
      <Sure
        what={t('retire')}
        leave={t('retireLeave')}
        act={async () => {
          await keyrack.cards.retire({ property: property.id, card: serial });
          await client.invalidateQueries({ queryKey: ['cards', property.id] });
        }}
        onDone={onDone}
      >
        <Sentences>
          <b>{t('retireSure', { serial: `…${serial.slice(-4)}` })}</b>
          {t('retireWhy', { time: times.dayAndClock(mayOpenUntil ?? validUntil) })}
        </Sentences>
      </Sure>
    </div>
  );
}
