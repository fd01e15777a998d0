import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../../api/keyrack.ts';
import { Icon } from '../../icon/icon.tsx';
import { Bones } from '../../page/bones.tsx';
import { Failure } from '../../page/failure.tsx';
import { Empty, Panel } from '../../page/page.tsx';
import { Sure } from '../../page/sure.tsx';
import things from '../../page/thing.module.css';
import { useSession } from '../../session/session.tsx';
import { Chip } from '../../state/chip.tsx';
import { isolated } from '../../texts/isolated.ts';
import { Sentences } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import classes from '../developers.module.css';
import { DevelopersFrame } from '../developers-frame.tsx';
import { AccountPanel } from './account-panel.tsx';
import { type NamedAccount, namedAccountsOf, ownAccounts } from './account-queries.ts';
import { NewAccount } from './new-account.tsx';
import * as texts from './texts.ts';

/** The developer accounts that act for this property, and who may be let in. */
export function AccountsPage() {
  const t = useTexts(texts);
  const { can, property } = useSession();
  const [adds, setAdds] = useState(false);
  const own = useQuery(ownAccounts(property.id));
  const named = useQuery(namedAccountsOf(property.id));
  const error = own.error ?? named.error;
  const mayWrite = can('accounts.write');
  return (
    <DevelopersFrame>
      <div className={things.things}>
        <div className={classes.intro}>
          <p className={classes.grow}>{t('about')}</p>
          {mayWrite && !adds && (
            <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setAdds(true)}>
              {t('add')}
            </Button>
          )}
        </div>
        {adds && <NewAccount onDone={() => setAdds(false)} />}
        {error !== null && (
          <Failure
            error={error}
            onAgain={() => {
              void own.refetch();
              void named.refetch();
            }}
          />
        )}
        {own.data === undefined || named.data === undefined ? (
          error === null && <Bones />
        ) : (
          <Accounts own={own.data} named={named.data} />
        )}
        {mayWrite && <AllowBySid />}
      </div>
    </DevelopersFrame>
  );
}

function Accounts(props: {
  readonly own: Parameters<typeof AccountPanel>[0]['account'][];
  readonly named: NamedAccount[];
}) {
  const t = useTexts(texts);
  const { can, property } = useSession();
  const here = props.own.filter(({ properties }) => properties.includes(property.id));
  const elsewhere = props.own.filter(({ properties }) => !properties.includes(property.id));
  const others = props.named.filter(({ sid }) => !here.some((account) => account.sid === sid));
  return (
    <>
      {here.length + others.length === 0 && (
        <Panel>
          <Empty title={t('empty')}>
            <p>{t(can('accounts.write') ? 'emptyAdvice' : 'emptyNoRight')}</p>
          </Empty>
        </Panel>
      )}
      {here.map((account) => (
        <AccountPanel key={account.sid} account={account} />
      ))}
      {others.length > 0 && (
        <Panel title={t('others')}>
          <div className={classes.stack}>
            <p className={things.small}>{t('othersAbout')}</p>
            {others.map((account) => (
              <Named key={account.sid} account={account} allowed />
            ))}
          </div>
        </Panel>
      )}
      {elsewhere.length > 0 && (
        <Panel title={t('elsewhere')}>
          <div className={classes.stack}>
            {elsewhere.map((account) => (
              <Named key={account.sid} account={account} allowed={false} />
            ))}
          </div>
        </Panel>
      )}
    </>
  );
}

/** An account that only may be let in or not. */
function Named({ account, allowed }: { readonly account: NamedAccount; readonly allowed: boolean }) {
  const t = useTexts(texts);
  const { can, property } = useSession();
  const client = useQueryClient();
  const [forbids, setForbids] = useState(false);
  const at = { property: property.id, account: account.sid };
  const refresh = () => client.invalidateQueries({ queryKey: ['accounts'] });
  const allowing = useMutation({ mutationFn: () => keyrack.accounts.putPropertyAccount(at), onSuccess: refresh });
  return (
    <div className={classes.stack}>
      <div className={things.buttons}>
        <div className={classes.grow}>
          <b>
            <bdi>{account.name}</bdi>
          </b>{' '}
          <span className={things.mono}>{account.sid}</span>
        </div>
        {account.state === 'suspended' && (
          <Chip meaning="bad" icon="no">
            {t('suspended')}
          </Chip>
        )}
        {can('accounts.write') &&
          (allowed ? (
            <Button size="xs" onClick={() => setForbids(true)}>
              {t('forbid')}
            </Button>
          ) : (
            <Button size="xs" loading={allowing.isPending} onClick={() => allowing.mutate()}>
              {t('allow')}
            </Button>
          ))}
      </div>
      {allowing.error !== null && <Failure error={allowing.error} />}
      {forbids && (
        <Sure
          what={t('forbidNow')}
          leave={t('leave')}
          act={async () => {
            await keyrack.accounts.removePropertyAccount(at);
            await refresh();
          }}
          onDone={() => setForbids(false)}
        >
          <Sentences>
            <b>{t('forbidSure', { name: isolated(account.name) })}</b>
            {t('forbidEnds')}
          </Sentences>
        </Sure>
      )}
    </div>
  );
}

/** Lets an account in that somebody else runs. */
function AllowBySid() {
  const t = useTexts(texts);
  const { property } = useSession();
  const client = useQueryClient();
  const [sid, setSid] = useState('');
  const allowing = useMutation({
    mutationFn: () => keyrack.accounts.putPropertyAccount({ property: property.id, account: sid.trim() }),
    async onSuccess() {
      setSid('');
      await client.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    allowing.mutate();
  };
  return (
    <Panel title={t('allowSid')}>
      <form className={classes.stack} onSubmit={send}>
        <TextInput
          label="accountSid"
          description={t('allowSidHelp')}
          value={sid}
          maxLength={32}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setSid(event.currentTarget.value)}
        />
        {allowing.error !== null && <Failure error={allowing.error} />}
        <div>
          <Button type="submit" loading={allowing.isPending} disabled={sid.trim() === ''}>
            {t('allow')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
