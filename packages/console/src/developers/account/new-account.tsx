import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../../api/keyrack.ts';
import { Failure } from '../../page/failure.tsx';
import { Panel } from '../../page/page.tsx';
import things from '../../page/thing.module.css';
import { useFirstFocus } from '../../page/use-first-focus.ts';
import { PasswordField } from '../../person/password-field.tsx';
import { explainFault, hasFaults } from '../../problem/explain-fault.ts';
import { useSession } from '../../session/session.tsx';
import { isolated } from '../../texts/isolated.ts';
import { useLanguage } from '../../texts/language.tsx';
import { useTexts } from '../../texts/texts.ts';
import classes from '../developers.module.css';
import { ShownSecret } from '../shown-secret.tsx';
import { keepToken } from '../workbench/kept-tokens.ts';
import { addressRangesOf } from './address-ranges.ts';
import * as texts from './texts.ts';

/** Adds an account for this property, and shows its token once. */
export function NewAccount({ onDone }: { onDone(): void }) {
  const t = useTexts(texts);
  const { property, role, me } = useSession();
  const { language } = useLanguage();
  const first = useFirstFocus<HTMLInputElement>();
  const [name, setName] = useState('');
  const [addresses, setAddresses] = useState('');
  const [movesOver, setMovesOver] = useState(false);
  const [sid, setSid] = useState('');
  const [token, setToken] = useState('');
  const making = useMutation({
    async mutationFn() {
      const made = await keyrack.accounts.create({
        name: name.trim(),
        properties: [property.id],
        addressRanges: [...addressRangesOf(addresses)],
        ...(movesOver && { sid: sid.trim(), token: token.trim() }),
      });
      if (made.token !== null) keepToken(me.session, made.sid, made.token);
      return made;
    },
  });
  const { error } = making;
  const wrongAddress = addressRangesOf(addresses)
    .map((_, i) => explainFault(error, `addressRanges.${i}`, language))
    .find((fault) => fault !== null);
  if (making.data !== undefined)
    return (
      <Panel>
        <ShownSecret title={t('made', { name: isolated(making.data.name) })} secret={making.data.token} onKept={onDone}>
          <p className={things.mono}>accountSid {making.data.sid}</p>
          <p>{t('workbench')}</p>
        </ShownSecret>
      </Panel>
    );
  const send = (event: FormEvent) => {
    event.preventDefault();
    making.mutate();
  };
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
          error={explainFault(error, 'name', language)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label={t('addresses')}
          description={t('addressesHelp')}
          value={addresses}
          rows={2}
          spellCheck={false}
          error={wrongAddress}
          onChange={(event) => setAddresses(event.currentTarget.value)}
        />
        {role === 'owner' || me.person?.owner === true ? (
          <Checkbox
            label={t('movesOver')}
            description={t('movesOverHelp')}
            checked={movesOver}
            onChange={(event) => setMovesOver(event.currentTarget.checked)}
          />
        ) : null}
        {movesOver && (
          <>
            <TextInput
              label="accountSid"
              description={t('sidHelp')}
              value={sid}
              maxLength={32}
              spellCheck={false}
              error={explainFault(error, 'sid', language)}
              onChange={(event) => setSid(event.currentTarget.value)}
            />
            <PasswordField
              label="authToken"
              description={t('tokenHelp')}
              value={token}
              maxLength={128}
              autoComplete="off"
              error={explainFault(error, 'token', language)}
              onChange={(event) => setToken(event.currentTarget.value)}
            />
          </>
        )}
        {error !== null && !hasFaults(error) && <Failure error={error} />}
        <div className={things.buttons}>
          <Button type="submit" variant="filled" loading={making.isPending} disabled={name.trim() === ''}>
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
