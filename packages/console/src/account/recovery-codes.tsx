import type { Answer } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { useHeldPage } from '../newer/held-page.ts';
import { CopyButton } from '../page/copy-button.tsx';
import { Panel } from '../page/page.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './account.module.css';
import { printCodes } from './print-codes.ts';
import * as texts from './texts.ts';
import { WithPassword } from './with-password.tsx';

/** Codes for the day on which a factor is lost. They are shown once. */
export function RecoveryCodes(props: {
  readonly codes: Answer<'getMyFactors'>['recoveryCodes'];
  readonly asks: boolean;
  readonly login: string;
}) {
  // They are shown this once.
  useHeldPage(true);
  const t = useTexts(texts);
  const times = useTimes();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const { codes, asks, login } = props;
  const make = useMutation({
    mutationFn: (currentPassword: string) => keyrack.call('createRecoveryCodes', { currentPassword }),
    async onSuccess() {
      setOpen(false);
      await client.invalidateQueries({ queryKey: ['me'] });
    },
  });
  const shown = make.data?.codes ?? null;
  return (
    <Panel title={t('codes.title')}>
      <div className={classes.part}>
        {shown === null && (
          <>
            <p className={classes.muted}>{t(asks ? 'codes.about' : 'codes.needsFactor')}</p>
            {codes !== null && <p>{t('codes.left', { count: codes.left, at: times.day(codes.createdAt) })}</p>}
            {codes !== null && codes.left < 3 && <Note meaning="warn">{t('app.codesNext')}</Note>}
          </>
        )}
        {shown !== null && (
          <>
            <Note meaning="warn" live="status">
              {t('codes.shown')}
            </Note>
            <ol className={classes.codes} aria-label={t('codes.list')}>
              {shown.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ol>
            <div className={classes.acts}>
              <CopyButton text={shown.join('\n')} what={t('codes.copy')} />
              <Button size="xs" onClick={() => printCodes(t('codes.printTitle', { login }), shown)}>
                {t('codes.print')}
              </Button>
              <Button size="xs" variant="filled" onClick={() => make.reset()}>
                {t('codes.kept')}
              </Button>
            </div>
          </>
        )}
        {isOpen && (
          <WithPassword
            act={t(codes === null ? 'codes.make' : 'codes.makeNew')}
            {...(codes !== null && { about: t('codes.makeNewAbout') })}
            isBusy={make.isPending}
            error={make.error}
            onAct={make.mutate}
            onCancel={() => {
              setOpen(false);
              make.reset();
            }}
          />
        )}
        {!isOpen && shown === null && asks && (
          <div>
            <Button onClick={() => setOpen(true)}>{t(codes === null ? 'codes.make' : 'codes.makeNew')}</Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
