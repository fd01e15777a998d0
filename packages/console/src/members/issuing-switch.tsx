import { useTexts } from '../texts/texts.ts';
import type { Member } from './member-queries.ts';
import classes from './members.module.css';
import * as texts from './texts.ts';

/** The issuing permission, as it is now. Turning it holds at once. */
export function IssuingSwitch(props: {
  readonly member: Member;
  readonly busy: boolean;
  readonly onTurn: (on: boolean) => void;
}) {
  const t = useTexts(texts);
  const { member, busy } = props;
  const on = member.issuingPermission;
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={t('issuingOf', { name: member.name })}
      aria-busy={busy}
      className={classes.switch}
      onClick={() => !busy && props.onTurn(!on)}
    >
      <i aria-hidden="true" />
      <span>{t(on ? 'on' : 'off')}</span>
    </button>
  );
}
