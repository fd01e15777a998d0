import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Failure } from '../page/failure.tsx';
import { Panel } from '../page/page.tsx';
import { useFirstFocus } from '../page/use-first-focus.ts';
import { hasFaults } from '../problem/explain-fault.ts';
import { useFault } from '../problem/use-fault.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './account.module.css';
import * as texts from './texts.ts';

/** What one is called: it stands beside what one did. */
export function OwnName() {
  const t = useTexts(texts);
  const { me } = useSession();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const set = useMutation({
    mutationFn: (name: string) => keyrack.call('setMyName', { name }),
    async onSuccess() {
      await client.invalidateQueries();
      setOpen(false);
    },
  });
  return (
    <Panel title={t('name.title')}>
      <div className={classes.part}>
        {isOpen ? (
          <NameForm
            before={me.name}
            isBusy={set.isPending}
            error={set.error}
            onSave={set.mutate}
            onCancel={() => setOpen(false)}
          />
        ) : (
          <>
            {set.isSuccess && (
              <Note meaning="good" live="status">
                {t('name.saved')}
              </Note>
            )}
            <p>
              <b>
                <bdi>{me.name}</bdi>
              </b>
            </p>
            <p className={classes.muted}>{t('name.about')}</p>
            <div>
              <Button
                onClick={() => {
                  set.reset();
                  setOpen(true);
                }}
              >
                {t('name.change')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Panel>
  );
}

function NameForm(props: {
  readonly before: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  onSave(name: string): void;
  onCancel(): void;
}) {
  const t = useTexts(texts);
  const first = useFirstFocus<HTMLInputElement>();
  const [typed, setTyped] = useState(props.before);
  const [strict, setStrict] = useState(false);
  const error = props.isBusy ? null : props.error;
  const faultAt = useFault(error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (typed.trim() !== '' && !props.isBusy) props.onSave(typed.trim());
  };
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      {error !== null && !hasFaults(error) && <Failure error={error} />}
      <TextInput
        ref={first}
        label={t('name.field')}
        value={typed}
        error={faultAt('name') ?? (strict && typed.trim() === '' ? t('missing') : null)}
        autoComplete="name"
        maxLength={64}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <div className={classes.acts}>
        <Button type="submit" variant="filled" loading={props.isBusy}>
          {t('name.save')}
        </Button>
        <Button onClick={props.onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
