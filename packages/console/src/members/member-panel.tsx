import { isProblem } from '@keyrack/sdk';
import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Failure } from '../page/failure.tsx';
import { Panel } from '../page/page.tsx';
import { invitationLink } from '../person/invitation-link.ts';
import { PasswordField } from '../person/password-field.tsx';
import { explainFault, hasFaults } from '../problem/explain-fault.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { useMinute } from '../time/use-minute.ts';
import { ChangeMember } from './change-member.tsx';
import { Contact } from './contact.tsx';
import { Deeds } from './deeds.tsx';
import { EffectNote } from './effect-note.tsx';
import { activeObstacle, isLastAdministrator, issuingObstacle, mayActAs, mayGiveIssuing } from './giving.ts';
import { IssuingSwitch } from './issuing-switch.tsx';
import { LinkOnce } from './link-once.tsx';
import { LastSeen, ObstacleText } from './member-list.tsx';
import { type Member, membersKey, ROLES, type Role } from './member-queries.ts';
import { invitationOf } from './member-rows.ts';
import classes from './members.module.css';
import * as texts from './texts.ts';
import type { Effect, MemberChanges } from './use-member-change.ts';

/** One member: what they may do, how they sign in, what they did, and the end of it. */
export function MemberPanel(props: {
  readonly member: Member;
  readonly members: readonly Member[];
  readonly effect: Effect | null;
  readonly onChange: (changes: MemberChanges) => void;
  readonly onChanged: (member: Member) => void;
  readonly onClose: () => void;
}) {
  const t = useTexts(texts);
  const session = useSession();
  const { member, members, effect, onChange } = props;
  const canWrite = session.can('members.write');
  const [editing, setEditing] = useState(false);
  const last = isLastAdministrator(members, member);
  const issuing = issuingObstacle(session, member);
  return (
    <Panel
      label={member.name}
      title={<bdi>{member.name}</bdi>}
      end={
        <Button size="xs" variant="subtle" onClick={props.onClose}>
          {t('close')}
        </Button>
      }
    >
      <div className={classes.stack}>
        <p className={classes.small}>
          {t(`roles.${member.role}`)} · <Contact member={member} />
        </p>
        <p>
          <LastSeen member={member} isYou={session.member === member.id} />
        </p>
        {canWrite && !editing && (
          <div>
            <Button size="xs" onClick={() => setEditing(true)}>
              {t('edit')}
            </Button>
          </div>
        )}
        {editing && (
          <ChangeMember
            member={member}
            onDone={(changed) => {
              setEditing(false);
              if (changed !== null) props.onChanged(changed);
            }}
          />
        )}
        {effect && <EffectNote effect={effect} />}
        {member.active && (
          <Part title={t('columns.issuing')}>
            {issuing === null && canWrite ? (
              <IssuingSwitch
                member={member}
                busy={effect?.kind === 'busy'}
                onTurn={(on) => onChange({ issuingPermission: on })}
              />
            ) : (
              <p>{t(member.issuingPermission ? 'on' : 'off')}</p>
            )}
            {canWrite && issuing !== null && <ObstacleText obstacle={issuing} />}
            <p className={classes.small}>{t('issuingAbout')}</p>
          </Part>
        )}
        {canWrite && member.active && (
          <Part title={t('columns.role')}>
            {last ? (
              <ObstacleText obstacle="last-administrator" />
            ) : (
              <RoleChoice key={member.role} member={member} mayGive={mayGiveIssuing(session)} onChange={onChange} />
            )}
          </Part>
        )}
        {canWrite && member.active && <SignIn key={member.id} member={member} mayAct={mayActAs(session, member)} />}
        {canWrite && <Active {...props} key={`${member.id} ${member.active}`} />}
        {session.can('audit.read') && (
          <Part title={t('deeds')}>
            <Deeds member={member} />
          </Part>
        )}
      </div>
    </Panel>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** Another role: what that means is said before it is. */
function RoleChoice(props: {
  readonly member: Member;
  readonly mayGive: boolean;
  readonly onChange: (changes: MemberChanges) => void;
}) {
  const t = useTexts(texts);
  const { member } = props;
  const [role, setRole] = useState<Role>(member.role);
  // An auditor works with no cards: the permission goes with the role.
  const ends = role === 'auditor' && member.issuingPermission;
  return (
    <>
      <NativeSelect
        aria-label={t('columns.role')}
        value={role}
        onChange={({ currentTarget }) => setRole(currentTarget.value as Role)}
        data={ROLES.map((each) => ({ value: each, label: t(`roles.${each}`) }))}
      />
      <p className={classes.small}>{t(`roleMeans.${role}`)}</p>
      {role !== member.role && (
        <>
          {ends && <Note meaning="warn">{t('permissionEnds')}</Note>}
          <div className={classes.acts}>
            <Button size="xs" onClick={() => setRole(member.role)}>
              {t('cancel')}
            </Button>
            <Button
              size="xs"
              variant="light"
              onClick={() => props.onChange({ role, ...(ends && { issuingPermission: false }) })}
            >
              {t('makeRole', { role: t(`roles.${role}`) })}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

/** How somebody signs in: by a password of their own, or by that of this membership. */
function SignIn({ member, mayAct }: { readonly member: Member; readonly mayAct: boolean }) {
  const t = useTexts(texts);
  const times = useTimes();
  const now = useMinute();
  const { language } = useLanguage();
  const { property } = useSession();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'password' | 'leave' | null>(null);
  const [password, setPassword] = useState('');
  const at = { property: property.id, member: member.id };
  const settle = () => client.invalidateQueries({ queryKey: membersKey(property.id) });
  const invite = useMutation({ mutationFn: () => keyrack.members.invite(at), onSuccess: settle });
  const revoke = useMutation({
    mutationFn: () => keyrack.members.revokeInvitation(at),
    async onSuccess() {
      invite.reset();
      await settle();
    },
  });
  const leave = useMutation({
    mutationFn: () => keyrack.members.removePerson(at),
    async onSuccess() {
      setAsking(null);
      await settle();
    },
  });
  const link = useMutation({ mutationFn: () => keyrack.members.createPasswordLink(at) });
  const set = useMutation({
    mutationFn: () => keyrack.members.setPassword({ ...at, password }),
    onSuccess() {
      setAsking(null);
      setPassword('');
    },
  });
  const invitation = invitationOf(member, now);
  const error = [invite, revoke, leave, link, set].find((each) => each.error && !hasFaults(each.error))?.error;
  return (
    <Part title={t('signIn')}>
      {member.joinedAt === null ? (
        <p>{t(invitation === null ? 'noPerson' : invitation.isOver ? 'wasInvited' : 'isInvited')}</p>
      ) : (
        <p>{t('joined', { day: times.day(member.joinedAt) })}</p>
      )}
      {error && <Failure error={error} />}
      {!mayAct && <ObstacleText obstacle="no-permission-to-give" />}
      {invite.data && (
        <LinkOnce
          kind="invitation"
          link={invite.data.token && invitationLink(invite.data.token)}
          expiresAt={invite.data.expiresAt}
        />
      )}
      {link.data && <LinkOnce kind="password" link={link.data.link} expiresAt={link.data.expiresAt} />}
      {set.isSuccess && (
        <Note meaning="good" live="status">
          {t('passwordSet')}
        </Note>
      )}
      {asking === 'leave' && (
        <Note meaning="warn">
          <p>{t('leaveMeans')}</p>
          <div className={classes.acts}>
            <Button size="xs" autoFocus onClick={() => setAsking(null)}>
              {t('cancel')}
            </Button>
            <Button size="xs" color="bad" loading={leave.isPending} onClick={() => leave.mutate()}>
              {t('leaveNow')}
            </Button>
          </div>
        </Note>
      )}
      {asking === 'password' && (
        <form
          className={classes.stack}
          onSubmit={(event) => {
            event.preventDefault();
            set.mutate();
          }}
        >
          <PasswordField
            autoFocus
            label={t('newPassword')}
            description={t('newPasswordAbout')}
            value={password}
            error={explainFault(set.error, 'password', language)}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
            autoComplete="new-password"
          />
          <div className={classes.acts}>
            <Button size="xs" type="submit" variant="light" loading={set.isPending}>
              {t('setPassword')}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => setAsking(null)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
      {asking === null && (
        <div className={classes.acts}>
          {mayAct && member.joinedAt === null && (
            <Button size="xs" loading={invite.isPending} onClick={() => invite.mutate()}>
              {t(invitation === null ? 'invite' : 'inviteAgain')}
            </Button>
          )}
          {invitation !== null && !invitation.isOver && (
            <Button size="xs" loading={revoke.isPending} onClick={() => revoke.mutate()}>
              {t('revokeInvitation')}
            </Button>
          )}
          {member.joinedAt !== null && (
            <Button size="xs" onClick={() => setAsking('leave')}>
              {t('leave')}
            </Button>
          )}
          {mayAct && (
            <>
              <Button size="xs" loading={link.isPending} onClick={() => link.mutate()}>
                {t('passwordLink')}
              </Button>
              <Button size="xs" onClick={() => setAsking('password')}>
                {t('setPassword')}
              </Button>
            </>
          )}
        </div>
      )}
      <p className={classes.small}>{t('passwordAbout')}</p>
    </Part>
  );
}

/** The end of a membership, or its return. */
function Active(props: Parameters<typeof MemberPanel>[0]) {
  const t = useTexts(texts);
  const session = useSession();
  const { member, members, onChange, effect } = props;
  const [asking, setAsking] = useState(false);
  const obstacle = activeObstacle(session, members, member);
  const isYou = session.member === member.id;
  const refused = effect?.kind === 'failed' && isProblem(effect.error, 'last-administrator');
  return (
    <Part title={t(member.active ? 'deactivateTitle' : 'backTitle')}>
      {obstacle !== null || refused ? (
        <ObstacleText obstacle={obstacle ?? 'last-administrator'} />
      ) : !member.active ? (
        <>
          <p className={classes.small}>{t('backAbout')}</p>
          <div>
            <Button size="xs" onClick={() => onChange({ active: true })}>
              {t('bringBack')}
            </Button>
          </div>
        </>
      ) : asking ? (
        <Note meaning="warn">
          <p>
            <b>{t('deactivateAsk', { name: member.name })}</b>
          </p>
          <ul className={classes.bullets}>
            <li>{t(isYou ? 'endsYou' : 'endsSignIn')}</li>
            <li>{t('endsWaiting')}</li>
            <li>{t('endsLinks')}</li>
            <li>{t('staysCards')}</li>
          </ul>
          <div className={classes.acts}>
            <Button size="xs" autoFocus onClick={() => setAsking(false)}>
              {t('cancel')}
            </Button>
            <Button size="xs" color="bad" onClick={() => onChange({ active: false })}>
              {t('deactivate')}
            </Button>
          </div>
        </Note>
      ) : (
        <div>
          <Button size="xs" color="bad" onClick={() => setAsking(true)}>
            {t('deactivate')}
          </Button>
        </div>
      )}
    </Part>
  );
}
