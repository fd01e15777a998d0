import { Button, Checkbox, Radio, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../../api/keyrack.ts';
import { Failure } from '../../page/failure.tsx';
import { Panel } from '../../page/page.tsx';
import things from '../../page/thing.module.css';
import { useFirstFocus } from '../../page/use-first-focus.ts';
import { explainFault, hasFaults } from '../../problem/explain-fault.ts';
import { useSession } from '../../session/session.tsx';
import { isolated } from '../../texts/isolated.ts';
import { useLanguage } from '../../texts/language.tsx';
import { useTexts } from '../../texts/texts.ts';
import { serverNow } from '../../time/server-clock.ts';
import classes from '../developers.module.css';
import { ShownSecret } from '../shown-secret.tsx';
import { LASTS, type Lasts, SCOPES, type Scope, withoutHeld } from './scopes.ts';
import * as texts from './texts.ts';

/** Makes a key within what one has oneself, and shows it once. */
export function NewKey({ onDone }: { onDone(): void }) {
  const t = useTexts(texts);
  const { property, can } = useSession();
  const client = useQueryClient();
  const { language } = useLanguage();
  const first = useFirstFocus<HTMLInputElement>();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [where, setWhere] = useState<'here' | 'everywhere'>('here');
  const [lasts, setLasts] = useState<Lasts>('year');
  const making = useMutation({
    mutationFn() {
      const ms = LASTS[lasts];
      return keyrack.apiKeys.create({
        name: name.trim(),
        scopes: [...withoutHeld(scopes)],
        properties: where === 'here' ? [property.id] : 'all',
        ...(ms !== null && { expiresAt: new Date(serverNow() + ms).toISOString() }),
      });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['api-keys'] }),
  });
  if (making.data !== undefined)
    return (
      <Panel>
        <ShownSecret title={t('made', { name: isolated(making.data.name) })} secret={making.data.token} onKept={onDone}>
          <p>{t('use')}</p>
        </ShownSecret>
      </Panel>
    );
  const send = (event: FormEvent) => {
    event.preventDefault();
    making.mutate();
  };
  const all = scopes.includes('admin');
  return (
    <Panel title={t('add')}>
      <form className={classes.stack} onSubmit={send}>
        <TextInput
          ref={first}
          label={t('name')}
          description={t('nameHelp')}
          value={name}
          maxLength={64}
          required
          error={explainFault(making.error, 'name', language)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={t('scopes')}
          value={all ? [...SCOPES] : [...scopes]}
          onChange={(chosen) => setScopes(chosen as Scope[])}
        >
          <div className={classes.choices}>
            {SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                disabled={all && scope !== 'admin'}
                label={t(`scope.${scope}`)}
                description={t(`scopeHelp.${scope}`)}
              />
            ))}
          </div>
        </Checkbox.Group>
        {can('installation.owner') && (
          <Radio.Group
            label={t('where')}
            value={where}
            onChange={(chosen) => setWhere(chosen as 'here' | 'everywhere')}
          >
            <div className={classes.choices}>
              <Radio value="here" label={t('here')} />
              <Radio value="everywhere" label={t('everywhere')} />
            </div>
          </Radio.Group>
        )}
        <Select
          label={t('lasts')}
          allowDeselect={false}
          value={lasts}
          data={(Object.keys(LASTS) as Lasts[]).map((value) => ({ value, label: t(`last.${value}`) }))}
          onChange={(chosen) => setLasts((chosen ?? 'year') as Lasts)}
        />
        {making.error !== null && !hasFaults(making.error) && <Failure error={making.error} />}
        <div className={things.buttons}>
          <Button
            type="submit"
            variant="filled"
            loading={making.isPending}
            disabled={name.trim() === '' || scopes.length === 0}
          >
            {t('make')}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {t('leave')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
