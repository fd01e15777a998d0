import { Button, CopyButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../icon/icon.tsx';
import { Failure } from '../page/failure.tsx';
import { Panel } from '../page/page.tsx';
import * as pageTexts from '../page/texts.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './audit-page.module.css';
import { type Verified, verifyPart } from './audit-queries.ts';
import type { AuditSearch } from './audit-search.ts';
import * as texts from './texts.ts';

type Proof =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly records: number }
  | { readonly kind: 'done'; readonly verified: Verified }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Proves that nothing in the log was changed: by the server, part by part, as long as somebody wants to know. */
export function Chain({ log }: { readonly log: AuditSearch['log'] }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const [proof, setProof] = useState<Proof>({ kind: 'none' });
  const running = useRef<AbortController>(null);
  const { id } = property;
  // What was proved was another log.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another property or log ends it.
  useEffect(() => {
    setProof({ kind: 'none' });
    return () => running.current?.abort();
  }, [id, log]);

  const start = async () => {
    const controller = new AbortController();
    running.current?.abort();
    running.current = controller;
    setProof({ kind: 'running', records: 0 });
    try {
      for (let cursor: string | null = null; ; ) {
        const verified: Verified = await verifyPart(id, log, cursor, controller.signal);
        if (controller.signal.aborted) return;
        if (verified.nextCursor === null || verified.brokenAt !== null) {
          setProof({ kind: 'done', verified });
          return;
        }
        setProof({ kind: 'running', records: verified.records });
        cursor = verified.nextCursor;
      }
    } catch (error) {
      if (!controller.signal.aborted) setProof({ kind: 'failed', error });
    }
  };
  const stop = () => {
    running.current?.abort();
    setProof({ kind: 'none' });
  };

  return (
    <Panel title={t('chain')}>
      <div className={classes.chain}>
        <p className={classes.about}>{t('chainAbout')}</p>
        {proof.kind === 'running' ? (
          <>
            <p role="status">{t('verifying', { records: proof.records })}</p>
            <Button onClick={stop}>{t('stop')}</Button>
          </>
        ) : (
          <>
            {proof.kind === 'done' && <Told verified={proof.verified} />}
            {proof.kind === 'failed' && <Failure error={proof.error} />}
            <Button leftSection={<Icon name="shield" />} onClick={() => void start()}>
              {t(proof.kind === 'done' ? 'verifyAgain' : 'verify')}
            </Button>
          </>
        )}
      </div>
    </Panel>
  );
}

function Told({ verified }: { readonly verified: Verified }) {
  const t = useTexts(texts);
  const p = useTexts(pageTexts);
  const { records, brokenAt, head } = verified;
  if (brokenAt !== null)
    return (
      <Note meaning="bad" live="alert">
        <p>{t('broken', { number: brokenAt })}</p>
        <p>{t('brokenAdvice')}</p>
      </Note>
    );
  return (
    <>
      <Note meaning="good" live="status">
        {t('holds', { records })}
      </Note>
      {head !== null && (
        <div className={classes.head}>
          <b>{t('head', { number: head.number })}</b>
          <code>{head.hash}</code>
          <CopyButton value={`${head.number} ${head.hash}`}>
            {({ copied, copy }) => (
              <Button size="xs" leftSection={<Icon name={copied ? 'ok' : 'copy'} />} onClick={copy}>
                {p(copied ? 'copied' : 'copy')}
              </Button>
            )}
          </CopyButton>
          <p className={classes.about}>{t('headAbout')}</p>
        </div>
      )}
    </>
  );
}
