import type { Operation } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Icon } from '../icon/icon.tsx';
import { LOOKS, seenState } from '../operation/operation-state.ts';
import { StateMark } from '../operation/state-mark.tsx';
import { Panel } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './attention.module.css';
import { attentionOf } from './operation-queries.ts';
import * as texts from './texts.ts';

const SHOWN = 5;

/** What a person has to look after, each with what to do. Where there is nothing, there is nothing to see. */
export function Attention({ onChoose }: { readonly onChoose: (operation: string) => void }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { data = [] } = useQuery(attentionOf(property.id));
  if (data.length === 0) return null;
  return (
    <Panel label={t('attention')}>
      <ul className={classes.list}>
        {data.slice(0, SHOWN).map((operation) => (
          <Item key={operation.id} operation={operation} onChoose={onChoose} />
        ))}
      </ul>
      {data.length > SHOWN && <p className={classes.more}>{t('more', { count: data.length - SHOWN })}</p>}
    </Panel>
  );
}

function Item({ operation, onChoose }: { readonly operation: Operation; readonly onChoose: (id: string) => void }) {
  const t = useTexts(texts);
  const signs = useSigns();
  const times = useTimes();
  const { can, mayIssue } = useSession();
  const { room, serial } = operation;
  const { meaning, icon } = LOOKS[seenState(operation)];
  const card = serial === null ? t('aCard') : t('card', { end: `…${serial.slice(-4)}` });
  const advice = operation.held
    ? 'attentionHeld'
    : operation.state === 'damaged'
      ? 'attentionDamaged'
      : 'attentionUnknown';
  return (
    <li data-meaning={meaning}>
      <Icon name={icon} />
      <span className={classes.text}>
        <b>
          {room !== null && <bdi>{room.name}</bdi>}
          {room !== null && ' · '}
          {card}
        </b>{' '}
        <StateMark operation={operation} /> <span className={classes.advice}>{t(advice)}</span>{' '}
        <time dateTime={operation.acceptedAt}>{times.short(operation.acceptedAt)}</time>
      </span>
      <span className={classes.actions}>
        {operation.held
          ? can('agents.read') && (
              <Button component={Link} to="/front-desks" size="xs">
                {t('toDesks')}
              </Button>
            )
          : mayIssue && (
              <Button component={Link} to="/desk/read" size="xs">
                {t(operation.state === 'damaged' ? 'cancelIt' : 'readIt')}
              </Button>
            )}
        <Button
          size="xs"
          variant="subtle"
          onClick={() => onChoose(operation.id)}
          aria-label={`${t('show')}${signs.colon}${card}`}
        >
          {t('show')}
        </Button>
      </span>
    </li>
  );
}
