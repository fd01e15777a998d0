import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import * as conflict from '../conflict/texts.ts';
import { TheirsNote } from '../conflict/theirs-note.tsx';
import { Failure } from '../page/failure.tsx';
import things from '../page/thing.module.css';
import { useFirstFocus } from '../page/use-first-focus.ts';
import { explainFault, hasFaults } from '../problem/explain-fault.ts';
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
  const c = useTexts(conflict);
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
          {before === name ? t('save') : c('saveMine')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {before === name ? t('leave') : c('leaveTheirs')}
        </Button>
      </div>
      <p className={things.small}>{t('nameHelp', { own: isolated(own) })}</p>
      {before !== name && <TheirsNote now={[[props.label, name]]} />}
      {saving.error !== null && !hasFaults(saving.error) && <Failure error={saving.error} />}
    </form>
  );
}
