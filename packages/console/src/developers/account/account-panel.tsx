import { Button, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../../api/keyrack.ts';
import { theirsOf } from '../../conflict/change-seen.ts';
import * as conflict from '../../conflict/texts.ts';
import { TheirsNote } from '../../conflict/theirs-note.tsx';
import { Failure } from '../../page/failure.tsx';
import { Sure } from '../../page/sure.tsx';
import things from '../../page/thing.module.css';
import { Thing } from '../../page/thing.tsx';
import { useFirstFocus } from '../../page/use-first-focus.ts';
import { explainFault, hasFaults } from '../../problem/explain-fault.ts';
import { useSession } from '../../session/session.tsx';
import { Chip } from '../../state/chip.tsx';
import { isolated } from '../../texts/isolated.ts';
import { useLanguage } from '../../texts/language.tsx';
import { Sentences, useSigns } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useTimes } from '../../time/times.ts';
import classes from '../developers.module.css';
import type { Account } from './account-queries.ts';
import { addressRangesOf } from './address-ranges.ts';
import { type AccountChanges, changeAccount } from './change-account.ts';
import { RotateToken } from './rotate-token.tsx';
import * as texts from './texts.ts';

/** An account that can be changed here: what it may do, from where, and by which tokens. */
export function AccountPanel({ account }: { readonly account: Account }) {
  const t = useTexts(texts);
  const signs = useSigns();
  const times = useTimes();
  const { can, property } = useSession();
  const client = useQueryClient();
  const [doing, setDoing] = useState<'change' | 'rotate' | 'forbid' | null>(null);
  const done = () => setDoing(null);
  const refresh = () => client.invalidateQueries({ queryKey: ['accounts'] });
  const changing = useMutation({
    mutationFn: (changes: AccountChanges) => changeAccount(account, changes),
    onSettled: refresh,
  });
  const mayWrite = can('accounts.write');
  const suspended = account.state === 'suspended';
  const name = isolated(account.name);
  return (
    <Thing
      kind="account"
      id={account.sid}
      name={account.name}
      line={<p className={things.mono}>accountSid {account.sid}</p>}
      end={
        <span className={things.chips}>
          {account.previousTokenUntil !== null && (
            <Chip meaning="warn" icon="clock">
              {t('bothUntilShort', { time: times.short(account.previousTokenUntil) })}
            </Chip>
          )}
          <Chip meaning={suspended ? 'bad' : 'good'} icon={suspended ? 'no' : 'ok'}>
            {t(suspended ? 'suspended' : 'active')}
          </Chip>
        </span>
      }
      body={
        <>
          {suspended && <p>{t('suspendedWhy')}</p>}
          <dl className={classes.facts}>
            <dt>{t('addresses')}</dt>
            <dd>
              {account.addressRanges.length === 0 ? (
                t('anywhere')
              ) : (
                <span className={things.mono}>{account.addressRanges.join(', ')}</span>
              )}
            </dd>
            <dt>{t('roomCardApi')}</dt>
            <dd>
              <Toggle
                label={`${t('roomCardApi')}${signs.colon}${name}`}
                on={account.roomCardApi}
                fixed={!mayWrite || changing.isPending}
                onToggle={(roomCardApi) => changing.mutate({ roomCardApi })}
              />
            </dd>
            <dt>{t('signatureA')}</dt>
            <dd>
              <Toggle
                label={`${t('signatureA')}${signs.colon}${name}`}
                on={account.signatureA}
                fixed={!mayWrite || changing.isPending}
                onToggle={(signatureA) => changing.mutate({ signatureA })}
              />
              {!account.signatureA && <p className={things.small}>{t('signatureAOff')}</p>}
            </dd>
          </dl>
          <p className={things.small}>{t('properties', { count: account.properties.length })}</p>
          {changing.error !== null && <NotChanged error={changing.error} />}
          {doing === 'change' && <ChangeForm account={account} onDone={done} />}
          {doing === 'rotate' && <RotateToken account={account} onDone={done} />}
          {doing === 'forbid' && (
            <Sure
              what={t('forbidNow')}
              leave={t('leave')}
              act={async () => {
                await keyrack.accounts.removePropertyAccount({ property: property.id, account: account.sid });
                await refresh();
              }}
              onDone={done}
            >
              <Sentences>
                <b>{t('forbidSure', { name })}</b>
                {t('forbidEnds')}
              </Sentences>
            </Sure>
          )}
          {mayWrite && doing === null && (
            <div className={things.buttons}>
              <Button size="xs" onClick={() => setDoing('change')}>
                {t('change')}
              </Button>
              <Button size="xs" onClick={() => setDoing('rotate')}>
                {t('rotate')}
              </Button>
              <Button
                size="xs"
                loading={changing.isPending}
                onClick={() => changing.mutate({ state: suspended ? 'active' : 'suspended' })}
              >
                {t(suspended ? 'resume' : 'suspend')}
              </Button>
              <Button size="xs" color="bad" onClick={() => setDoing('forbid')}>
                {t('forbid')}
              </Button>
            </div>
          )}
        </>
      }
    />
  );
}

function Toggle(props: {
  readonly label: string;
  readonly on: boolean;
  readonly fixed: boolean;
  onToggle(on: boolean): void;
}) {
  return (
    <Switch
      aria-label={props.label}
      checked={props.on}
      disabled={props.fixed}
      color="var(--good-solid)"
      onChange={(event) => props.onToggle(event.currentTarget.checked)}
    />
  );
}

/** Why an account was not changed; where somebody else did, how it is now. */
function NotChanged({ error }: { readonly error: unknown }) {
  const t = useTexts(texts);
  const { comma } = useSigns();
  const theirs = theirsOf<Account>(error);
  if (theirs === null) return <Failure error={error} />;
  return (
    <TheirsNote
      now={[
        [t('name'), theirs.name],
        [t('addresses'), theirs.addressRanges.join(comma) || t('anywhere')],
      ]}
    />
  );
}

function ChangeForm({ account, onDone }: { readonly account: Account; onDone(): void }) {
  const t = useTexts(texts);
  const c = useTexts(conflict);
  const client = useQueryClient();
  const { language } = useLanguage();
  const first = useFirstFocus<HTMLInputElement>();
  // What was seen when the form was opened: a change by somebody else is noticed by it.
  const [seen, setSeen] = useState(account);
  const [name, setName] = useState(account.name);
  const [addresses, setAddresses] = useState(account.addressRanges.join('\n'));
  const saving = useMutation({
    mutationFn: () => changeAccount(seen, { name: name.trim(), addressRanges: [...addressRangesOf(addresses)] }),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: ['accounts'] });
      onDone();
    },
    onError: (error) => setSeen(theirsOf<Account>(error) ?? seen),
  });
  const theirs = theirsOf<Account>(saving.error);
  const wrongAddress = addressRangesOf(addresses)
    .map((_, i) => explainFault(saving.error, `addressRanges.${i}`, language))
    .find((fault) => fault !== null);
  const send = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form className={classes.stack} onSubmit={send}>
      <TextInput
        ref={first}
        label={t('name')}
        value={name}
        maxLength={64}
        required
        error={explainFault(saving.error, 'name', language)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t('addresses')}
        description={t('addressesHelp')}
        rows={3}
        spellCheck={false}
        value={addresses}
        error={wrongAddress}
        onChange={(event) => setAddresses(event.currentTarget.value)}
      />
      {saving.error !== null && !hasFaults(saving.error) && <NotChanged error={saving.error} />}
      <div className={things.buttons}>
        <Button type="submit" loading={saving.isPending}>
          {theirs ? c('saveMine') : t('save')}
        </Button>
        <Button
          variant="subtle"
          onClick={() => {
            if (theirs) void client.invalidateQueries({ queryKey: ['accounts'] });
            onDone();
          }}
        >
          {theirs ? c('leaveTheirs') : t('leave')}
        </Button>
      </div>
    </form>
  );
}
