import { Button } from '@mantine/core';
import { Note } from '../state/note.tsx';
import { isolated } from '../texts/isolated.ts';
import { Sentences, useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { type DeskConcern, worksAsItIs } from './desk-state.ts';
import * as texts from './texts.ts';

/** What a person should know about a front desk, and what to do, in steps. */
export function Attention(props: { readonly concern: DeskConcern; readonly onPairAnew: (() => void) | null }) {
  const t = useTexts(texts);
  const signs = useSigns();
  const times = useTimes();
  const { concern } = props;
  const pairAnew = props.onPairAnew && (
    <Button size="xs" mt="sm" onClick={props.onPairAnew}>
      {t('pairAnew')}
    </Button>
  );
  switch (concern.kind) {
    case 'away':
      return (
        <Note meaning="bad">
          <Sentences>
            <b>
              {concern.since === null
                ? t('concerns.never')
                : t('concerns.away', { time: times.dayAndClock(concern.since) })}
            </b>
            {t('concerns.awayAdvice')}
          </Sentences>
        </Note>
      );
    case 'version':
      return (
        <Note meaning={worksAsItIs(concern.state) ? 'warn' : 'bad'}>
          <Sentences>
            <b>{t(`versions.${concern.state}`)}</b>
            {t(`versionAdvice.${concern.state}`)}
          </Sentences>
        </Note>
      );
    case 'disputed':
      return (
        <Note meaning="bad">
          <Sentences>
            <b>{t('concerns.disputed', { encoder: isolated(concern.encoder) })}</b>
            {t('concerns.disputedAdvice', { others: concern.others.map(isolated).join(signs.comma) })}
          </Sentences>
        </Note>
      );
    case 'told':
      return (
        <Note meaning={concern.suspended ? 'bad' : 'warn'}>
          <bdi>{concern.sentence}</bdi>
          {concern.suspended && <div>{pairAnew}</div>}
        </Note>
      );
    case 'suspended':
    case 'noticed':
      return (
        <Note meaning={concern.kind === 'suspended' ? 'bad' : 'warn'}>
          <Sentences>
            <b>{t(`attention.${concern.about}`)}</b>
            {t(`attentionAdvice.${concern.about}`)}
          </Sentences>
          {concern.kind === 'suspended' && <div>{pairAnew}</div>}
        </Note>
      );
  }
}
