import { isProblem } from '@keyrack/sdk';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Failure } from '../page/failure.tsx';
import { explainFault, hasFaults } from '../problem/explain-fault.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
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
  const { language } = useLanguage();
  const { property } = useSession();
  const [seen, setSeen] = useState(member);
  const [given, setGiven] = useState(() => contactsOf(member));
  const at = { property: property.id, member: member.id };
  const change = useMutation({
    async mutationFn(): Promise<{ readonly changed: Member } | { readonly theirs: Member }> {
      const known = await keyrack.members.get(at);
      if (SHOWN.some((field) => known[field] !== seen[field])) return { theirs: known };
      try {
        return { changed: await keyrack.members.change({ ...at, ...bodyOfContacts(given) }, { ifMatch: known }) };
      } catch (error) {
        if (!isProblem(error, 'changed-meanwhile')) throw error;
        return { theirs: await keyrack.members.get(at) };
      }
    },
    onSuccess(result) {
      if ('changed' in result) onDone(result.changed);
      else setSeen(result.theirs);
    },
  });
  const theirs = change.data !== undefined && 'theirs' in change.data ? change.data.theirs : null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  return (
    <form className={classes.stack} onSubmit={send} noValidate>
      <ContactFields given={given} error={change.error} language={language} onGiven={setGiven} />
      {theirs && (
        <Note meaning="warn" live="alert">
          {t.rich('changedMeanwhile', {
            now: [theirs.name, theirs.mobile && `+${theirs.areaCode} ${theirs.mobile}`, theirs.email]
              .filter(Boolean)
              .join(' · '),
            b: (chunks) => (
              <b>
                <bdi>{chunks}</bdi>
              </b>
            ),
          })}
        </Note>
      )}
      {change.error && !hasFaults(change.error) && <Failure error={change.error} />}
      <div className={classes.acts}>
        <Button size="xs" type="submit" variant="light" loading={change.isPending}>
          {t(theirs ? 'saveMine' : 'save')}
        </Button>
        <Button size="xs" variant="subtle" onClick={() => onDone(theirs)}>
          {t('cancel')}
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
