import { Link } from '@tanstack/react-router';
import { explainCause } from '../cause/explain-cause.ts';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { useSession } from '../session/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import * as actionTexts from './action-texts.ts';
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
        <Link to="/audit">{t('allDeeds')}</Link>
      </p>
    </>
  );
}

function Deed({ record }: { readonly record: AuditRecord }) {
  const t = useTexts(actionTexts);
  const times = useTimes();
  const { language } = useLanguage();
  const { action, details, names, room } = record;
  const kind = typeof details.kind === 'string' ? details.kind : '';
  const words =
    action === 'operation-accepted' && kind in actionTexts.english.kinds
      ? t(`kinds.${kind as 'issue'}`)
      : action in actionTexts.english.actions
        ? t(`actions.${action as 'member-changed'}`)
        : action;
  // What it is about: a room, or whoever or whatever the details name.
  const about = room?.name ?? aboutOf(details, names);
  const cause = typeof details.cause === 'string' ? explainCause(details.cause, language) : null;
  return (
    <li data-refused={cause !== null}>
      <b>{words}</b>
      <time dateTime={record.at}>{times.short(record.at)}</time>
      {about !== null && (
        <p>
          <bdi>{about}</bdi>
        </p>
      )}
      {cause !== null && <p>{cause}</p>}
    </li>
  );
}

function aboutOf(details: AuditRecord['details'], names: AuditRecord['names']): string | null {
  for (const value of Object.values(details))
    if (typeof value === 'string' && names[value] !== undefined) return names[value] ?? null;
  return typeof details.serial === 'string' ? details.serial : null;
}
