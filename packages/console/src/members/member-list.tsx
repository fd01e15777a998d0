import { Icon } from '../icon/icon.tsx';
import { initialsOf } from '../shell/initials.ts';
import { Chip } from '../state/chip.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { useMinute } from '../time/use-minute.ts';
import { Contact } from './contact.tsx';
import { EffectNote } from './effect-note.tsx';
import { type Giver, issuingObstacle, worksWithCards } from './giving.ts';
import { IssuingSwitch } from './issuing-switch.tsx';
import type { Member } from './member-queries.ts';
import { seenOf } from './member-rows.ts';
import classes from './members.module.css';
import * as texts from './texts.ts';
import type { Effect } from './use-member-change.ts';

/** Members, one below the other, with the switch of their issuing permission. */
export function MemberList(props: {
  readonly members: readonly Member[];
  readonly chosen: string | null;
  readonly effects: ReadonlyMap<string, Effect>;
  readonly giver: Giver;
  readonly canWrite: boolean;
  readonly onChoose: (member: Member) => void;
  readonly onTurn: (member: Member, on: boolean) => void;
}) {
  const t = useTexts(texts);
  return (
    <table className={classes.list}>
      <thead>
        <tr>
          <th>{t('columns.name')}</th>
          <th className={classes.role}>{t('columns.role')}</th>
          <th>{t('columns.issuing')}</th>
          <th className={classes.seen}>{t('columns.seen')}</th>
        </tr>
      </thead>
      <tbody>
        {props.members.map((member) => (
          <MemberRow key={member.id} {...props} member={member} />
        ))}
      </tbody>
    </table>
  );
}

function MemberRow(props: Parameters<typeof MemberList>[0] & { readonly member: Member }) {
  const t = useTexts(texts);
  const { member, giver, canWrite, chosen } = props;
  const effect = props.effects.get(member.id) ?? null;
  const obstacle = issuingObstacle(giver, member);
  const isYou = giver.member === member.id;
  return (
    <>
      <tr aria-selected={chosen === member.id} data-left={!member.active}>
        <td>
          <button
            type="button"
            className={classes.who}
            aria-expanded={chosen === member.id}
            onClick={() => props.onChoose(member)}
          >
            <span className={classes.face} aria-hidden="true">
              {initialsOf(member.name)}
            </span>
            <span className={classes.names}>
              <b>
                <bdi>{member.name}</bdi>
              </b>
              {isYou && <span className={classes.muted}> {t('you')}</span>}
              <span className={classes.small}>
                <span className={classes.roleInline}>{t(`roles.${member.role}`)} · </span>
                <Contact member={member} />
              </span>
            </span>
          </button>
        </td>
        <td className={classes.role}>{t(`roles.${member.role}`)}</td>
        <td>
          {!worksWithCards(member.role) ? (
            <span className={classes.muted}>{t('notForAuditors')}</span>
          ) : !member.active ? (
            <span className={classes.muted}>{t('left')}</span>
          ) : canWrite && obstacle === null ? (
            <IssuingSwitch member={member} busy={effect?.kind === 'busy'} onTurn={(on) => props.onTurn(member, on)} />
          ) : (
            <span>{t(member.issuingPermission ? 'on' : 'off')}</span>
          )}
        </td>
        <td className={classes.seen}>
          <LastSeen member={member} isYou={isYou} />
        </td>
      </tr>
      {effect !== null && effect.kind !== 'busy' && chosen !== member.id && (
        <tr className={classes.effect}>
          <td colSpan={4}>
            <EffectNote effect={effect} />
          </td>
        </tr>
      )}
    </>
  );
}

/** When somebody was last active, or until when their invitation is good. */
export function LastSeen({ member, isYou }: { readonly member: Member; readonly isYou: boolean }) {
  const t = useTexts(texts);
  const times = useTimes();
  const now = useMinute();
  const seen = seenOf(member, isYou, now);
  if (seen.kind === 'invited')
    return (
      <Chip meaning={seen.isOver ? 'warn' : 'calm'} icon="clock">
        {t(seen.isOver ? 'invitationOver' : 'invitedUntil', { until: times.short(seen.until, now) })}
      </Chip>
    );
  return <span className={classes.muted}>{words()}</span>;

  function words(): string {
    switch (seen.kind) {
      case 'now':
        return t('seenNow');
      case 'at':
        return times.isToday(seen.at, now) ? t('today', { time: times.clock(seen.at) }) : times.dayAndClock(seen.at);
      case 'joined':
        return t('seenJoined', { day: times.day(seen.at) });
      default:
        return t('neverSeen');
    }
  }
}

/** Marks of what one's own row means. */
export function ObstacleText({
  obstacle,
}: {
  readonly obstacle: 'no-permission-to-give' | 'last-administrator' | 'auditors-issue-nothing';
}) {
  const t = useTexts(texts);
  return (
    <p className={classes.obstacle}>
      <Icon name="shield" size={14} /> {t(`obstacles.${obstacle}`)}
    </p>
  );
}
