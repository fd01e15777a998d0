import { Link } from '@tanstack/react-router';
import { ACTIONS } from '../audit/action-words.ts';
import { subjectOf } from '../audit/told-record.ts';
import { explainCause } from '../cause/explain-cause.ts';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { useSession } from '../session/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { type AuditRecord, type Member, useDeeds } from './member-queries.ts';
import classes from './members.module.css';
import * as texts from './texts.ts';

/** What a member did last, in words. */
export function Deeds({ member }: { readonly member: Member }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const deeds = useDeeds(property.id, member.id, true);
  if (deeds.error) return <Failure error={deeds.error} onAgain={() => void deeds.refetch()} />;
  if (deeds.data === undefined) return <Bones rows={3} />;
  if (deeds.data.length === 0) return <p className={classes.muted}>{t('noDeeds')}</p>;
  return (
    <>
      <ol className={classes.deeds}>
        {deeds.data.map((record) => (
          <Deed key={record.number} record={record} />
        ))}
      </ol>
      <p>
        <Link to="/audit" search={{ actor: member.id }}>
          {t('allDeeds')}
        </Link>
      </p>
    </>
  );
}

function Deed({ record }: { readonly record: AuditRecord }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { language } = useLanguage();
  const { action, details } = record;
  const kind = KINDS.find((each) => each === details.kind);
  const words = ACTIONS[action]?.[language] ?? action;
  const subject = subjectOf(record);
  const cause = typeof details.cause === 'string' ? explainCause(details.cause, language) : null;
  return (
    <li data-refused={action === 'operation-refused'}>
      <b>{action === 'operation-accepted' && kind !== undefined ? t(`asked.${kind}`) : words}</b>
      <time dateTime={record.at}>{times.short(record.at)}</time>
      {subject !== '' && <p>{subject}</p>}
      {cause !== null && <p>{cause}</p>}
    </li>
  );
}

/** What is asked for at an encoder. */
const KINDS = ['issue', 'read', 'cancel'] as const;
