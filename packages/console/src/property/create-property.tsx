import { isProblem } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Failure } from '../page/failure.tsx';
import { Panel } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './property.module.css';
import { newProperty, PropertyFields, type TypedProperty } from './property-fields.tsx';
import * as texts from './texts.ts';

/** For owners: another house of this installation. Its set-up begins at once. */
export function CreateProperty() {
  const t = useTexts(texts);
  const { switchTo } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState<TypedProperty | null>(null);
  const [strict, setStrict] = useState(false);
  const make = useMutation({
    mutationFn: (given: TypedProperty) => keyrack.call('createProperty', { ...given }),
    async onSuccess({ id }) {
      await client.invalidateQueries({ queryKey: ['me'] });
      switchTo(id);
      await navigate({ to: '/set-up' });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (typed !== null && typed.name.trim() !== '' && typed.number.trim() !== '' && !make.isPending) make.mutate(typed);
  };
  const error = make.isPending ? null : make.error;
  return (
    <Panel title={t('create.title')}>
      <form className={classes.form} onSubmit={send} noValidate>
        <p className={classes.muted}>{t('create.about')}</p>
        {isProblem(error, 'number-taken') ? (
          <Note meaning="bad" live="alert">
            {t('create.taken')}
          </Note>
        ) : (
          error !== null && <Failure error={error} />
        )}
        {typed === null ? (
          <div>
            <Button onClick={() => setTyped(newProperty())}>{t('create.open')}</Button>
          </div>
        ) : (
          <>
            <PropertyFields
              typed={typed}
              change={(facts) => setTyped({ ...typed, ...facts })}
              error={error}
              strict={strict}
            />
            <div className={classes.acts}>
              <Button type="submit" variant="filled" loading={make.isPending}>
                {t('create.make')}
              </Button>
              <Button
                onClick={() => {
                  setTyped(null);
                  make.reset();
                }}
              >
                {t('create.cancel')}
              </Button>
            </div>
          </>
        )}
      </form>
    </Panel>
  );
}
