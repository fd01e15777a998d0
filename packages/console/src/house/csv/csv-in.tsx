import { isProblem } from '@keyrack/sdk';
import { Button, FileButton, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyrack } from '../../api/keyrack.ts';
import { saveFile } from '../../csv/save-file.ts';
import { Failure } from '../../page/failure.tsx';
import { useSession } from '../../session/session.tsx';
import { Note } from '../../state/note.tsx';
import { useTexts } from '../../texts/texts.ts';
import classes from '../house.module.css';
import type { Room } from '../places.ts';
import { LinePreview } from './line-preview.tsx';
import { countLines, type PlannedLine, planLines, withToldFaults } from './plan-lines.ts';
import { COLUMNS, MOST, type ReadCsv, readRoomsCsv } from './rooms-csv.ts';
import * as texts from './texts.ts';

type State =
  | { readonly is: 'choosing' }
  | { readonly is: 'reading'; readonly file: string }
  | { readonly is: 'unreadable'; readonly file: string; readonly why: Exclude<ReadCsv, { readonly is: 'read' }> }
  | { readonly is: 'checking' | 'planned' | 'saving'; readonly file: string; readonly plan: readonly PlannedLine[] }
  | { readonly is: 'failed'; readonly file: string; readonly plan: readonly PlannedLine[]; readonly error: unknown }
  | { readonly is: 'saved'; readonly file: string; readonly added: number; readonly changed: number };

/** Rooms from a CSV file: first what would come of each line, then all of them or none. */
export function CsvIn({ rooms, onDone }: { readonly rooms: readonly Room[]; readonly onDone: () => void }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const client = useQueryClient();
  const [state, setState] = useState<State>({ is: 'choosing' });

  const read = async (chosen: File | null) => {
    if (chosen === null) return;
    const file = chosen.name;
    setState({ is: 'reading', file });
    const result = chosen.size > MOST.bytes ? ({ is: 'too-large' } as const) : readRoomsCsv(await bytesOf(chosen));
    if (result.is !== 'read') return setState({ is: 'unreadable', file, why: result });
    await check(file, planLines(result.lines, rooms));
  };
  const send = (plan: readonly PlannedLine[], dryRun: boolean) =>
    keyrack.rooms.import({ property: property.id, dryRun, rooms: plan.flatMap(({ room }) => room ?? []) });
  /** What this page can't know, the server says: lock numbers of rooms that are gone, numbers that run together. */
  const check = async (file: string, plan: readonly PlannedLine[]) => {
    setState({ is: 'checking', file, plan });
    try {
      if (plan.some(({ room }) => room !== null)) await send(plan, true);
      setState({ is: 'planned', file, plan });
    } catch (error) {
      refused(file, plan, error);
    }
  };
  const refused = (file: string, plan: readonly PlannedLine[], error: unknown) => {
    const told = isProblem(error, 'rooms-not-imported', 'invalid-request') ? withToldFaults(plan, error.errors) : plan;
    if (told.some(({ becomes }, at) => becomes !== plan[at]?.becomes)) setState({ is: 'planned', file, plan: told });
    else setState({ is: 'failed', file, plan, error });
  };
  const save = async (file: string, plan: readonly PlannedLine[]) => {
    setState({ is: 'saving', file, plan });
    try {
      const { added, changed } = await send(plan, false);
      setState({ is: 'saved', file, added, changed });
      await client.invalidateQueries({ queryKey: ['places'] });
    } catch (error) {
      refused(file, plan, error);
    }
  };

  const choose = (
    <>
      <FileButton accept=".csv,.tsv,.txt,text/csv" onChange={(file) => void read(file)}>
        {(props) => (
          <Button {...props} variant={state.is === 'choosing' ? 'filled' : 'default'} data-autofocus>
            {t(state.is === 'choosing' ? 'chooseFile' : 'chooseAnother')}
          </Button>
        )}
      </FileButton>
      {state.is === 'choosing' && (
        <Button variant="subtle" onClick={() => saveFile('rooms-example.csv', [EXAMPLE], 'text/csv;charset=utf-8')}>
          {t('example')}
        </Button>
      )}
    </>
  );
  switch (state.is) {
    case 'choosing':
      return (
        <div className={classes.stack}>
          <p className={classes.muted}>
            {t.rich('about', { columns: COLUMNS.join(', '), code: (chunks) => <code>{chunks}</code> })}
          </p>
          <div className={classes.acts}>{choose}</div>
        </div>
      );
    case 'reading':
      return <p role="status">{t('reading', { file: state.file })}</p>;
    case 'unreadable':
      return (
        <div className={classes.stack}>
          <Note meaning="bad" live="alert">
            <p>
              <b>
                <bdi>{state.file}</bdi>
              </b>
            </p>
            <p>
              {t(`unreadable.${state.why.is}`, {
                column: 'column' in state.why ? state.why.column : '',
                line: 'line' in state.why ? String(state.why.line) : '',
                columns: COLUMNS.join(','),
              })}
            </p>
          </Note>
          <div className={classes.acts}>{choose}</div>
        </div>
      );
    case 'saved':
      return (
        <div className={classes.stack}>
          <Note meaning="good" live="status">
            {t('saved', { added: state.added, changed: state.changed })}
          </Note>
          <div className={classes.acts}>
            <Button onClick={onDone}>{t('done')}</Button>
          </div>
        </div>
      );
    default: {
      const { file, plan } = state;
      const counts = countLines(plan);
      const busy = state.is === 'checking' || state.is === 'saving';
      const does = counts.added + counts.changed;
      return (
        <div className={classes.stack}>
          <p>
            <b>
              <bdi>{file}</bdi>
            </b>{' '}
            <span className={classes.muted}>{t('lines', { count: plan.length })}</span>
          </p>
          {busy && (
            <div>
              <p role="status">{t(state.is, { count: plan.length })}</p>
              <Progress value={100} animated={true} striped={true} aria-label={t(state.is, { count: plan.length })} />
            </div>
          )}
          {state.is === 'failed' && <Failure error={state.error} onAgain={() => void check(file, plan)} />}
          {state.is === 'planned' && counts.wrong > 0 && (
            <Note meaning="bad" live="alert">
              {t('wrong', { count: counts.wrong })}
            </Note>
          )}
          {state.is === 'planned' && counts.wrong === 0 && does === 0 && (
            <Note meaning="calm" live="status">
              {t('nothing')}
            </Note>
          )}
          <LinePreview plan={plan} counts={counts} />
          {!busy && (
            <div className={classes.acts}>
              {state.is === 'planned' && counts.wrong === 0 && does > 0 && (
                <Button variant="filled" onClick={() => void save(file, plan)}>
                  {t('save', { added: counts.added, changed: counts.changed })}
                </Button>
              )}
              {choose}
            </div>
          )}
        </div>
      );
    }
  }
}

const EXAMPLE = `${COLUMNS.join(',')}\n1,Garden Wing,2,Floor 2,1201,1201,QRMLOCK,no,,\n`;

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}
