import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Failure } from '../page/failure.tsx';
import things from '../page/thing.module.css';
import { useFirstFocus } from '../page/use-first-focus.ts';
import { explainFault, hasFaults } from '../problem/explain-fault.ts';
import { Note } from '../state/note.tsx';
import { isolated } from '../texts/isolated.ts';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './front-desks.module.css';
import * as texts from './texts.ts';

/** Most characters of a name, as the server takes them. */
const MOST = 64;

/** Gives something another name, in its place. Left empty, it is called as it calls itself. */
export function NameForm(props: {
  readonly label: string;
  readonly name: string;
  /** What it is called without a name of its own. */
  readonly own: string;
  save(name: string | null): Promise<unknown>;
  onDone(): void;
}) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const { name, own, onDone } = props;
  const first = useFirstFocus<HTMLInputElement>();
  const [before] = useState(name);
  const [typed, setTyped] = useState(name === own ? '' : name);
  const saving = useMutation({ mutationFn: props.save, onSuccess: onDone });
  const send = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate(typed.trim() === '' ? null : typed.trim());
  };
  return (
    <form
      className={classes.form}
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <div className={classes.formRow}>
        <TextInput
          className={classes.grow}
          aria-label={props.label}
          value={typed}
          placeholder={own}
          maxLength={MOST}
          error={explainFault(saving.error, 'name', language)}
          ref={first}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" loading={saving.isPending}>
          {t('save')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('leave')}
        </Button>
      </div>
      <p className={things.small}>{t('nameHelp', { own: isolated(own) })}</p>
      {before !== name && (
        <Note meaning="warn" live="status">
          {t('renamedMeanwhile', { name: isolated(name) })}
        </Note>
      )}
      {saving.error !== null && !hasFaults(saving.error) && <Failure error={saving.error} />}
    </form>
  );
}
