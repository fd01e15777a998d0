import type { Operation } from '@keyrack/sdk';
import { ActionIcon, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useActorName } from '../actor/actor-name.tsx';
import { explainCause } from '../cause/explain-cause.ts';
import { Icon } from '../icon/icon.tsx';
import { LOOKS, seenState } from '../operation/operation-state.ts';
import { operationOf } from '../operation/stage/follow.ts';
import { KindOf, StateMark } from '../operation/state-mark.tsx';
import * as words from '../operation/texts.ts';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { Panel } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { EndIt } from './end-it.tsx';
import classes from './operation-detail.module.css';
import { stepsOf } from './operation-queries.ts';
import { Steps } from './steps.tsx';
import * as texts from './texts.ts';
import { requesterOf } from './told.ts';

interface DetailProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onRoom: (room: string) => void;
}

/** One operation: what became of it, step by step, and how to end it where that is possible. */
export function OperationDetail({ id, onClose, onRoom }: DetailProps) {
  const t = useTexts(texts);
  const { property } = useSession();
  const operation = useQuery(operationOf(property.id, id));
  const steps = useQuery(stepsOf(property.id, id));
  const heading = useRef<HTMLHeadingElement>(null);
  // Who chose it by keyboard, or by a link, goes on here.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { data } = operation;
  return (
    <Panel
      label={t('details')}
      title={
        <span ref={heading} tabIndex={-1} className={classes.title}>
          {data === undefined ? t('details') : <Title operation={data} />}
        </span>
      }
      end={
        <>
          {data && <StateMark operation={data} />}
          <ActionIcon variant="subtle" aria-label={t('close')} onClick={onClose}>
            <Icon name="no" />
          </ActionIcon>
        </>
      }
    >
      {operation.isError && <Failure error={operation.error} onAgain={() => void operation.refetch()} />}
      {data === undefined
        ? !operation.isError && <Bones rows={5} />
        : data && (
            <>
              <Outcome operation={data} />
              <EndIt operation={data} />
              <h3 className={classes.heading}>{t('steps')}</h3>
              {steps.isError && <Failure error={steps.error} onAgain={() => void steps.refetch()} />}
              {steps.data ? <Steps steps={steps.data} /> : !steps.isError && <Bones rows={4} />}
              <Facts operation={data} onRoom={onRoom} />
            </>
          )}
    </Panel>
  );
}

function Title({ operation }: { readonly operation: Operation }) {
  const { room } = operation;
  return (
    <>
      {room !== null && <bdi>{room.name} · </bdi>}
      <KindOf operation={operation} />
    </>
  );
}

/** What is true of the plastic, and why. */
function Outcome({ operation }: { readonly operation: Operation }) {
  const w = useTexts(words);
  const { language } = useLanguage();
  const state = seenState(operation);
  const { meaning, icon } = LOOKS[state];
  const { cause, explanation } = operation;
  return (
    <Note meaning={meaning} icon={icon}>
      <p>{w(`plastic.${state}`)}</p>
      {cause !== null && <p>{explainCause(cause, language, explanation)}</p>}
    </Note>
  );
}

function Facts({ operation, onRoom }: { readonly operation: Operation; readonly onRoom: (room: string) => void }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { can } = useSession();
  const nameOf = useActorName();
  const { requester, encoder, serial, room, superseded, id } = operation;
  return (
    <dl className={classes.facts}>
      <dt>{t('requester')}</dt>
      <dd>
        <bdi>{nameOf(requesterOf(operation))}</bdi>
        {requester.account !== null && <small> {t('through', { account: requester.account })}</small>}
      </dd>
      <dt>{t('encoder')}</dt>
      <dd>
        <bdi>{encoder.name ?? encoder.mac}</bdi>
      </dd>
      {serial !== null && (
        <>
          <dt>{t('serial')}</dt>
          <dd className={classes.mono}>{serial}</dd>
        </>
      )}
      {superseded.length > 0 && (
        <>
          <dt>{t('superseded')}</dt>
          <dd>
            {superseded.map((card) => (
              <p key={card.serial}>
                {t('supersededCard', { serial: card.serial, time: times.short(card.mayOpenUntil) })}
              </p>
            ))}
          </dd>
        </>
      )}
      <dt>{t('id')}</dt>
      <dd className={classes.mono}>{id}</dd>
      {room !== null && (
        <dd className={classes.links}>
          <Button size="xs" onClick={() => onRoom(room.id)}>
            {t('onlyThisRoom')}
          </Button>
          {can('cards.read') && (
            <Link to="/desk/rooms/$room" params={{ room: room.id }}>
              {t('toRoom', { room: room.name })}
            </Link>
          )}
        </dd>
      )}
    </dl>
  );
}
