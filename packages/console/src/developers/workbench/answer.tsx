import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explainCause } from '../../cause/explain-cause.ts';
import { operationOf } from '../../operation/stage/follow.ts';
import { Copyable } from '../../page/copy-button.tsx';
import { OneOf } from '../../page/one-of.tsx';
import { useSession } from '../../session/session.tsx';
import { Chip } from '../../state/chip.tsx';
import { Note } from '../../state/note.tsx';
import { useLanguage } from '../../texts/language.tsx';
import { useSigns } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import { curlLine, sdkCode } from './copied-code.ts';
import type { BenchAnswer } from './send-request.ts';
import type { SignedRequest } from './signed-request.ts';
import * as statusTexts from './status-texts.ts';
import * as texts from './texts.ts';
import classes from './workbench.module.css';

/** What has become of sending. */
export type Sent =
  | { readonly kind: 'none' | 'waiting' | 'stopped' | 'unreachable' }
  | { readonly kind: 'answered'; readonly answer: BenchAnswer };

export function Answer({ sent, onStop }: { readonly sent: Sent; onStop(): void }) {
  const t = useTexts(texts);
  return (
    <div className={classes.stack} role="status">
      {sent.kind === 'none' && <p className={classes.help}>{t('nothingSent')}</p>}
      {sent.kind === 'waiting' && (
        <Note meaning="accent">
          {t('sending')}
          <div>
            <Button size="xs" mt="sm" onClick={onStop}>
              {t('stopWaiting')}
            </Button>
          </div>
        </Note>
      )}
      {sent.kind === 'stopped' && <Note meaning="warn">{t('stopped')}</Note>}
      {sent.kind === 'unreachable' && <Note meaning="bad">{t('unreachable')}</Note>}
      {sent.kind === 'answered' && <Answered answer={sent.answer} />}
    </div>
  );
}

function Answered({ answer }: { readonly answer: BenchAnswer }) {
  const t = useTexts(texts);
  const signs = useSigns();
  const tStatus = useTexts(statusTexts);
  const { reason, message } = answer;
  const meaning = reason === 'success' ? 'good' : reason === 'open' ? 'lost' : 'bad';
  return (
    <>
      <p className={classes.verdict}>
        <Chip meaning={meaning} icon={reason === 'success' ? 'ok' : reason === 'open' ? 'question' : 'no'}>
          {answer.status ?? `HTTP ${answer.httpStatus}`}
        </Chip>
        <span className={classes.help}>{t('took', { seconds: (answer.ms / 1_000).toFixed(2) })}</span>
      </p>
      {reason !== null && <p>{tStatus(reason)}</p>}
      {message !== null && (
        <p className={classes.help}>
          {t('message')}
          {signs.colon}
          <bdi>{message}</bdi>
        </p>
      )}
      {answer.operationId !== null && <Operation id={answer.operationId} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <pre className={classes.envelope} tabIndex={0}>
        {answer.text}
      </pre>
      {answer.requestId !== null && (
        <p className={classes.help}>
          {t('requestId')} <span className={classes.mono}>{answer.requestId}</span>
        </p>
      )}
    </>
  );
}

/** Which operation it led to, and the cause in the reader's language. */
function Operation({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const signs = useSigns();
  const { can, property } = useSession();
  const { language } = useLanguage();
  const { data: operation } = useQuery({ ...operationOf(property.id, id), enabled: can('operations.read') });
  return (
    <p className={classes.help}>
      {t('operation')} <span className={classes.mono}>{id}</span>
      {operation?.cause && (
        <>
          <br />
          {t('why')}
          {signs.colon}
          {explainCause(operation.cause, language, operation.explanation)}
        </>
      )}
    </p>
  );
}

/** The request as something to take along. */
export function CopyAs({ request, sid }: { readonly request: SignedRequest; readonly sid: string }) {
  const t = useTexts(texts);
  const [form, setForm] = useState<'curl' | 'sdk'>('curl');
  return (
    <div className={classes.stack}>
      <OneOf
        label={t('code')}
        value={form}
        choices={[
          { value: 'curl', label: 'curl' },
          { value: 'sdk', label: 'SDK' },
        ]}
        onChange={setForm}
      />
      <Copyable
        text={form === 'curl' ? curlLine(location.origin, request) : sdkCode(location.origin, sid, request)}
        what={t(form === 'curl' ? 'copyCurl' : 'copySdk')}
      />
      <p className={classes.help}>{t(form === 'curl' ? 'curlHelp' : 'sdkHelp')}</p>
    </div>
  );
}
