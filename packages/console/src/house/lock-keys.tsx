import { isProblem } from '@keyrack/sdk';
import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Failure } from '../page/failure.tsx';
import { useSession } from '../session/session.tsx';
import { Chip } from '../state/chip.tsx';
import { Note } from '../state/note.tsx';
import { Sentences } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './house.module.css';
import type { CardKey } from './places.ts';
import * as texts from './texts.ts';

const MEANINGS = { current: 'good', previous: 'calm', older: 'warn' } as const;

/** The versions of the card key, and a new one: what it means is said before. */
export function LockKeys(props: {
  readonly keys: readonly CardKey[];
  readonly behind: number;
  readonly unknown: number;
  readonly onShowBehind: () => void;
}) {
  const t = useTexts(texts);
  const { property, can } = useSession();
  const client = useQueryClient();
  const { keys, behind } = props;
  const [asking, setAsking] = useState(false);
  const [force, setForce] = useState(false);
  const rotate = useMutation({
    mutationFn: () => keyrack.cardKeys.rotate({ property: property.id, ...(force && { force }) }),
    async onSuccess() {
      setAsking(false);
      setForce(false);
      await client.invalidateQueries({ queryKey: ['card-keys'] });
    },
  });
  const next = Math.max(0, ...keys.map(({ version }) => version)) + 1;
  const refused = behind > 0 || isProblem(rotate.error, 'locks-behind');
  return (
    <div className={classes.stack}>
      <p className={classes.muted}>{t('keysAbout')}</p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('version')}</th>
            <th>{t('keyState')}</th>
            <th className={classes.right}>{t('locksWith')}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(({ version, state, locks }) => (
            <tr key={version}>
              <td>{version}</td>
              <td>
                <Chip meaning={MEANINGS[state]}>{t(`keyStates.${state}`)}</Chip> <span>{t(`keyMeans.${state}`)}</span>
              </td>
              <td className={classes.right}>{locks}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {props.unknown > 0 && <p className={classes.muted}>{t('unknownLocks', { count: props.unknown })}</p>}
      {can('lockKeys.write') && !asking && (
        <div>
          <Button onClick={() => setAsking(true)}>{t('newVersion')}</Button>
        </div>
      )}
      {asking && (
        <Note meaning="warn">
          <p>
            <b>{t('rotateAsk', { version: String(next) })}</b>
          </p>
          <ul className={classes.bullets}>
            <li>{t('rotateCards')}</li>
            <li>{t('rotateOut')}</li>
            <li>{t('rotateProgram')}</li>
          </ul>
          {refused && (
            <>
              <p>
                <Sentences>
                  <b>{t('locksBehind', { count: behind })}</b>
                  {t('locksBehindMeans')}
                  <button type="button" className={classes.link} onClick={props.onShowBehind}>
                    {t('showBehind', { count: behind })}
                  </button>
                </Sentences>
              </p>
              <Checkbox
                mt="sm"
                checked={force}
                onChange={({ currentTarget }) => setForce(currentTarget.checked)}
                label={t('force')}
                description={t('forceMeans')}
              />
            </>
          )}
          <div className={classes.acts}>
            <Button size="xs" autoFocus onClick={() => setAsking(false)}>
              {t('cancel')}
            </Button>
            {(!refused || force) && (
              <Button size="xs" color="bad" loading={rotate.isPending} onClick={() => rotate.mutate()}>
                {t('rotate', { version: String(next) })}
              </Button>
            )}
          </div>
        </Note>
      )}
      {rotate.error && !isProblem(rotate.error, 'locks-behind') && <Failure error={rotate.error} />}
      {rotate.data && (
        <Note meaning="good" live="status">
          {t('rotated', { version: String(rotate.data.version) })}
        </Note>
      )}
    </div>
  );
}
