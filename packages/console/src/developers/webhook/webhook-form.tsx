import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { theirsOf } from '../../conflict/change-seen.ts';
import * as conflict from '../../conflict/texts.ts';
import things from '../../page/thing.module.css';
import { useFirstFocus } from '../../page/use-first-focus.ts';
import { explainFault, hasFaults } from '../../problem/explain-fault.ts';
import { useLanguage } from '../../texts/language.tsx';
import { useTexts } from '../../texts/texts.ts';
import classes from '../developers.module.css';
import { EVENT_TYPES, type EventType } from './event-types.ts';
import { NotChanged } from './not-changed.tsx';
import * as texts from './texts.ts';

interface Filled {
  readonly url: string;
  readonly types: EventType[] | null;
}

/** Address and types of a webhook, of a new one or one that is changed. */
export function WebhookForm(props: {
  readonly first: Filled;
  readonly word: string;
  save(filled: Filled): Promise<unknown>;
  onDone(): void;
}) {
  const t = useTexts(texts);
  const c = useTexts(conflict);
  const { language } = useLanguage();
  const focus = useFirstFocus<HTMLInputElement>();
  const [url, setUrl] = useState(props.first.url);
  const [some, setSome] = useState(props.first.types !== null);
  const [types, setTypes] = useState<readonly EventType[]>(props.first.types ?? []);
  const saving = useMutation({
    mutationFn: () => props.save({ url: url.trim(), types: some ? [...types] : null }),
  });
  const isTheirs = theirsOf<unknown>(saving.error) !== null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form className={classes.stack} onSubmit={send}>
      <TextInput
        ref={focus}
        label={t('url')}
        description={t('urlHelp')}
        type="url"
        value={url}
        maxLength={2_000}
        required
        spellCheck={false}
        error={explainFault(saving.error, 'url', language)}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Radio.Group label={t('types')} value={some ? 'some' : 'all'} onChange={(chosen) => setSome(chosen === 'some')}>
        <div className={classes.choices}>
          <Radio value="all" label={t('allTypes')} />
          <Radio value="some" label={t('someTypes')} />
        </div>
      </Radio.Group>
      {some && (
        <Checkbox.Group
          aria-label={t('someTypes')}
          value={[...types]}
          onChange={(chosen) => setTypes(chosen as EventType[])}
        >
          <div className={classes.stack}>
            {EVENT_TYPES.map(({ about, types: each }) => (
              <fieldset key={about} className={classes.types}>
                <legend>{t(`typesOf.${about}`)}</legend>
                <div className={classes.choices}>
                  {each.map((type) => (
                    <Checkbox key={type} value={type} label={type} />
                  ))}
                </div>
              </fieldset>
            ))}
          </div>
        </Checkbox.Group>
      )}
      {saving.error !== null && !hasFaults(saving.error) && <NotChanged error={saving.error} />}
      <div className={things.buttons}>
        <Button
          type="submit"
          variant="filled"
          loading={saving.isPending}
          disabled={url.trim() === '' || (some && types.length === 0)}
        >
          {isTheirs ? c('saveMine') : props.word}
        </Button>
        <Button variant="subtle" onClick={props.onDone}>
          {isTheirs ? c('leaveTheirs') : t('leave')}
        </Button>
      </div>
    </form>
  );
}
