import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { changeSeen, isAsSeen, theirsOf } from '../conflict/change-seen.ts';
import * as conflict from '../conflict/texts.ts';
import { TheirsNote } from '../conflict/theirs-note.tsx';
import { Failure } from '../page/failure.tsx';
import { explainFault, hasFaults } from '../problem/explain-fault.ts';
import { useSession } from '../session/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import type { Member } from './member-queries.ts';
import classes from './members.module.css';
import * as texts from './texts.ts';

/** What people know a member by. */
export interface Contacts {
  readonly name: string;
  readonly areaCode: string;
  readonly mobile: string;
  readonly email: string;
}

const SHOWN = ['name', 'areaCode', 'mobile', 'email'] as const;

export function contactsOf(member: Member): Contacts {
  const { name, areaCode, mobile, email } = member;
  return { name, areaCode: areaCode ?? '', mobile: mobile ?? '', email: email ?? '' };
}

/** As /v1 takes them: a phone is both of its parts or none, and what is empty is null. */
export function bodyOfContacts({ name, areaCode, mobile, email }: Contacts) {
  const digits = mobile.replace(/[\s-]/g, '');
  const code = areaCode.replace(/[\s+]/g, '');
  return {
    name: name.trim(),
    areaCode: digits === '' ? null : code,
    mobile: digits === '' ? null : digits,
    email: email.trim() === '' ? null : email.trim(),
  };
}

/** Name, phone and e-mail, unless somebody else changed them meanwhile. */
export function ChangeMember({
  member,
  onDone,
}: {
  readonly member: Member;
  readonly onDone: (changed: Member | null) => void;
}) {
  const t = useTexts(texts);
  const c = useTexts(conflict);
  const { language } = useLanguage();
  const { property } = useSession();
  const [seen, setSeen] = useState(member);
  const [given, setGiven] = useState(() => contactsOf(member));
  const at = { property: property.id, member: member.id };
  const change = useMutation({
    mutationFn: () =>
      changeSeen<Member>({
        get: () => keyrack.members.get(at),
        isSeen: (now) => isAsSeen(now, seen, SHOWN),
        change: (known) => keyrack.members.change({ ...at, ...bodyOfContacts(given) }, { ifMatch: known }),
      }),
    onSuccess: onDone,
    onError: (error) => setSeen(theirsOf<Member>(error) ?? seen),
  });
  const theirs = theirsOf<Member>(change.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  return (
    <form className={classes.stack} onSubmit={send} noValidate>
      <ContactFields given={given} error={change.error} language={language} onGiven={setGiven} />
      {theirs && (
        <TheirsNote
          now={[
            [t('fields.name'), theirs.name],
            [t('fields.mobile'), theirs.mobile === null ? '' : `+${theirs.areaCode} ${theirs.mobile}`],
            [t('fields.email'), theirs.email ?? ''],
          ]}
        />
      )}
      {change.error && !theirs && !hasFaults(change.error) && <Failure error={change.error} />}
      <div className={classes.acts}>
        <Button size="xs" type="submit" variant="light" loading={change.isPending}>
          {theirs ? c('saveMine') : t('save')}
        </Button>
        <Button size="xs" variant="subtle" onClick={() => onDone(theirs)}>
          {theirs ? c('leaveTheirs') : t('cancel')}
        </Button>
      </div>
    </form>
  );
}

export function ContactFields(props: {
  readonly given: Contacts;
  readonly error: unknown;
  readonly language: 'en' | 'zh';
  readonly onGiven: (given: Contacts) => void;
}) {
  const t = useTexts(texts);
  const { given, error, language, onGiven } = props;
  const field = (name: keyof Contacts) => ({
    label: t(`fields.${name}`),
    value: given[name],
    error: explainFault(error, name, language),
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onGiven({ ...given, [name]: currentTarget.value }),
    autoComplete: 'off',
  });
  return (
    <>
      <TextInput {...field('name')} data-autofocus />
      <div className={classes.phone}>
        <TextInput {...field('areaCode')} inputMode="tel" leftSection="+" />
        <TextInput {...field('mobile')} inputMode="tel" />
      </div>
      <TextInput {...field('email')} inputMode="email" />
    </>
  );
}
