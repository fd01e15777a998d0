import { Button, NativeSelect, Radio, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Failure } from '../page/failure.tsx';
import { invitationLink } from '../person/invitation-link.ts';
import { PasswordField } from '../person/password-field.tsx';
import { explainFault, hasFaults } from '../problem/explain-fault.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { bodyOfContacts, ContactFields, type Contacts } from './change-member.tsx';
import { mayGiveIssuing, worksWithCards } from './giving.ts';
import { LinkOnce } from './link-once.tsx';
import { ObstacleText } from './member-list.tsx';
import { type Member, membersKey, ROLES, type Role } from './member-queries.ts';
import classes from './members.module.css';
import * as texts from './texts.ts';

const WAYS = ['invitation', 'password-link', 'password'] as const;
type Way = (typeof WAYS)[number];

/** A new member with their way in. The member stays where the link could not be made: their panel makes another. */
export function AddMember(props: { readonly areaCode: string; readonly onClose: () => void }) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const session = useSession();
  const { property } = session;
  const client = useQueryClient();
  const nobody: Contacts = { name: '', areaCode: props.areaCode, mobile: '', email: '' };
  const [given, setGiven] = useState(nobody);
  const [role, setRole] = useState<Role>('receptionist');
  const [issuing, setIssuing] = useState(mayGiveIssuing(session));
  const [way, setWay] = useState<Way>('invitation');
  const [password, setPassword] = useState('');
  const add = useMutation({
    async mutationFn() {
      const { name, ...contacts } = bodyOfContacts(given);
      const member = await keyrack.members.create({
        property: property.id,
        name,
        role,
        issuingPermission: issuing && worksWithCards(role),
        ...contacts,
        ...(way === 'password' && { password }),
      });
      return { member, link: await linkFor(member).catch((error: unknown) => ({ error })) };
    },
    onSuccess: () => client.invalidateQueries({ queryKey: membersKey(property.id) }),
  });
  const linkFor = async (member: Member) => {
    const at = { property: property.id, member: member.id };
    if (way === 'password') return null;
    if (way === 'password-link') return keyrack.members.createPasswordLink(at);
    const { token, expiresAt } = await keyrack.members.invite(at);
    return { link: token === null ? null : invitationLink(token), expiresAt };
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!add.isPending) add.mutate();
  };
  if (add.data) {
    const { member, link } = add.data;
    return (
      <div className={classes.stack}>
        <Note meaning="good" live="status">
          {t.rich('added', {
            name: member.name,
            b: (chunks) => (
              <b>
                <bdi>{chunks}</bdi>
              </b>
            ),
          })}
        </Note>
        {link !== null &&
          ('error' in link ? (
            <>
              <Failure error={link.error} />
              <p>{t('linkLater')}</p>
            </>
          ) : (
            <LinkOnce kind={way === 'invitation' ? 'invitation' : 'password'} {...link} />
          ))}
        <div className={classes.acts}>
          <Button
            onClick={() => {
              add.reset();
              setGiven(nobody);
              setPassword('');
            }}
          >
            {t('another')}
          </Button>
          <Button variant="subtle" onClick={props.onClose}>
            {t('close')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form className={classes.addForm} onSubmit={send} noValidate>
      <div className={classes.stack}>
        <ContactFields given={given} error={add.error} language={language} onGiven={setGiven} />
      </div>
      <div className={classes.stack}>
        <NativeSelect
          label={t('columns.role')}
          description={t(`roleMeans.${role}`)}
          value={role}
          onChange={({ currentTarget }) => setRole(currentTarget.value as Role)}
          data={ROLES.map((each) => ({ value: each, label: t(`roles.${each}`) }))}
        />
        {worksWithCards(role) &&
          (mayGiveIssuing(session) ? (
            <Switch
              label={t('columns.issuing')}
              description={t('issuingAbout')}
              checked={issuing}
              onChange={({ currentTarget }) => setIssuing(currentTarget.checked)}
            />
          ) : (
            <ObstacleText obstacle="no-permission-to-give" />
          ))}
      </div>
      <div className={classes.stack}>
        <Radio.Group label={t('wayIn')} value={way} onChange={(chosen) => setWay(chosen as Way)}>
          <div className={classes.ways}>
            {WAYS.map((each) => (
              <Radio key={each} value={each} label={t(`ways.${each}`)} description={t(`wayMeans.${each}`)} />
            ))}
          </div>
        </Radio.Group>
        {way === 'password' && (
          <PasswordField
            label={t('newPassword')}
            value={password}
            error={explainFault(add.error, 'password', language)}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
            autoComplete="new-password"
          />
        )}
      </div>
      <div className={classes.wide}>
        {add.error && !hasFaults(add.error) && <Failure error={add.error} />}
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={add.isPending}>
            {t(`addBy.${way}`)}
          </Button>
          <Button variant="subtle" onClick={props.onClose}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </form>
  );
}
