import { Button, Select, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import * as entranceTexts from '../entrance/texts.ts';
import { ROLES, type Role } from '../members/member-queries.ts';
import { Copyable } from '../page/copy-button.tsx';
import { Failure } from '../page/failure.tsx';
import { OwnComputerNote } from '../page/own-computer-note.tsx';
import { invitationLink } from '../person/invitation-link.ts';
import { loginFields } from '../person/login-name.ts';
import { hasFaults } from '../problem/explain-fault.ts';
import { useFault } from '../problem/use-fault.ts';
import { useSession } from '../session/session.tsx';
import { isolated } from '../texts/isolated.ts';
import { useTexts } from '../texts/texts.ts';
import classes from './set-up.module.css';
import type { StepProps } from './step-props.ts';
import * as texts from './texts.ts';
import { membersOfSetUp } from './use-progress.ts';

interface MadeLink {
  readonly id: string;
  readonly name: string;
  /** Null where none could be made: they are a member all the same. */
  readonly link: string | null;
  readonly error: unknown;
}

const EMPTY = { name: '', login: '', role: 'receptionist' as Role, issuing: true };

/** The first people of a property, each by a link of their own. */
export function MembersStep({ frame, goOn }: StepProps) {
  const t = useTexts(texts);
  const entrance = useTexts(entranceTexts);
  const { property, member } = useSession();
  const client = useQueryClient();
  const { data: members = [] } = useQuery(membersOfSetUp(property.id));
  const [typed, setTyped] = useState(EMPTY);
  const [strict, setStrict] = useState(false);
  const [links, setLinks] = useState<readonly MadeLink[]>([]);
  const named = loginFields(typed.login, '');
  const invite = useMutation({
    async mutationFn(login: NonNullable<typeof named>): Promise<MadeLink> {
      const { name, role, issuing } = typed;
      const issuingPermission = issuing && role !== 'auditor';
      const made = await keyrack.call('createMember', {
        property: property.id,
        name: name.trim(),
        role,
        issuingPermission,
        ...login,
      });
      const at = { property: property.id, member: made.id };
      return keyrack.call('inviteMember', at).then(
        ({ token }) => ({ id: made.id, name: made.name, link: token && invitationLink(token), error: null }),
        (error: unknown) => ({ id: made.id, name: made.name, link: null, error }),
      );
    },
    onSuccess(made) {
      setLinks((before) => [made, ...before]);
      setTyped(EMPTY);
      setStrict(false);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['members', property.id] }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (typed.name.trim() !== '' && named !== null && !invite.isPending) invite.mutate(named);
  };
  const error = invite.isPending ? null : invite.error;
  const faultAt = useFault(error);
  const isAuditor = typed.role === 'auditor';
  return frame({
    title: t('members.title'),
    about: t('members.about'),
    children: (
      <div className={classes.form}>
        {links.map(({ id, name, link, error: unmade }) => (
          <section key={id} className={classes.made}>
            <h2>{t('members.linkFor', { name: isolated(name) })}</h2>
            {unmade !== null && <Failure error={unmade} />}
            <p className={classes.muted}>{t(link === null ? 'members.linkLater' : 'members.linkHow')}</p>
            {link !== null && (
              <>
                <Copyable text={link} what={t('members.copyLink', { name: isolated(name) })} />
                <OwnComputerNote link={link} />
              </>
            )}
          </section>
        ))}
        <form onSubmit={send} noValidate className={classes.form}>
          {error !== null && !hasFaults(error) && <Failure error={error} />}
          <div className={classes.two}>
            <TextInput
              label={t('members.name')}
              value={typed.name}
              error={faultAt('name') ?? (strict && typed.name.trim() === '' ? entrance('missing') : null)}
              autoComplete="off"
              maxLength={64}
              onChange={({ currentTarget }) => setTyped({ ...typed, name: currentTarget.value })}
            />
            <TextInput
              label={t('members.login')}
              description={t('members.loginHint')}
              value={typed.login}
              error={
                faultAt('email') ??
                faultAt('mobile') ??
                faultAt('areaCode') ??
                (strict && named === null ? entrance('loginWrong') : null)
              }
              autoComplete="off"
              spellCheck={false}
              maxLength={254}
              onChange={({ currentTarget }) => setTyped({ ...typed, login: currentTarget.value })}
            />
          </div>
          <Select
            label={t('members.role')}
            data={ROLES.map((role) => ({ value: role, label: t(`members.roles.${role}`) }))}
            value={typed.role}
            allowDeselect={false}
            onChange={(role) => setTyped({ ...typed, role: role as Role })}
          />
          {!isAuditor && (
            <Switch
              label={t('members.issuing')}
              checked={typed.issuing}
              onChange={({ currentTarget }) => setTyped({ ...typed, issuing: currentTarget.checked })}
            />
          )}
          <div>
            <Button type="submit" {...(members.length < 2 && { variant: 'filled' })} loading={invite.isPending}>
              {t('members.invite')}
            </Button>
          </div>
        </form>
        <section>
          <h2>{t('members.there')}</h2>
          <ul className={classes.list}>
            {members.map(({ id, name, role }) => (
              <li key={id}>
                <span>
                  <bdi>{name}</bdi> {id === member && <span className={classes.muted}>({t('members.you')})</span>}
                </span>
                <span className={classes.muted}>{t(`members.roles.${role}`)}</span>
              </li>
            ))}
          </ul>
        </section>
        <div className={classes.actions}>
          <Button size="md" {...(members.length > 1 && { variant: 'filled' })} onClick={goOn}>
            {t(members.length > 1 ? 'goOn' : 'later')}
          </Button>
        </div>
      </div>
    ),
  });
}
