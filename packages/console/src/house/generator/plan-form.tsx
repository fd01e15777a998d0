import { Button, Select, TextInput } from '@mantine/core';
import { Icon } from '../../icon/icon.tsx';
import { cardTypeOf, LOCK_TYPES, type LockType } from '../../lock/lock-types.ts';
import { useSigns } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import classes from './generator.module.css';
import { EMPTY_LINE, type PlanFault, type PlanField, type PlanLine } from './rooms-of-plan.ts';
import * as texts from './texts.ts';

interface Props {
  readonly plan: readonly PlanLine[];
  readonly onChange: (plan: readonly PlanLine[]) => void;
  readonly faults: readonly PlanFault[];
  /** What each line leaves out, to be told below the field. */
  readonly leftOut: readonly (readonly string[])[];
  /** Whether fields that are still empty count as wrong, as once somebody wants to go on. */
  readonly strict: boolean;
}

/** Rooms as a house numbers them: buildings, floors and ranges, one line for each that differs. */
export function PlanForm({ plan, onChange, faults, leftOut, strict }: Props) {
  const t = useTexts(texts);
  const change = (at: number, facts: Partial<PlanLine>) =>
    onChange(plan.map((line, index) => (index === at ? { ...line, ...facts } : line)));
  return (
    <div className={classes.plan}>
      {plan.map((line, at) => (
        // Lines are known by their place alone: none has a name, and fields keep no state of their own.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <fieldset key={at} className={classes.line}>
          {plan.length > 1 && (
            <legend className={classes.legend}>
              <span>{t('range', { number: String(at + 1) })}</span>
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={<Icon name="no" size={12} />}
                onClick={() => onChange(plan.filter((_, index) => index !== at))}
              >
                {t('remove')}
              </Button>
            </legend>
          )}
          <PlanFields
            line={line}
            fault={faults.find((each) => each.line === at && (strict || each.is !== 'missing')) ?? null}
            leftOut={leftOut[at] ?? []}
            onChange={(facts) => change(at, facts)}
          />
        </fieldset>
      ))}
      <div>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => onChange([...plan, { ...EMPTY_LINE, ...lastOf(plan), rooms: '' }])}
        >
          {t('another')}
        </Button>
      </div>
    </div>
  );
}

/** Rooms that are left out and named. */
const NAMED = 8;

function lastOf(plan: readonly PlanLine[]): Partial<PlanLine> {
  const { building, buildingName, lockType } = plan.at(-1) ?? EMPTY_LINE;
  return { building, buildingName, lockType };
}

function PlanFields(props: {
  readonly line: PlanLine;
  readonly fault: PlanFault | null;
  readonly leftOut: readonly string[];
  readonly onChange: (facts: Partial<PlanLine>) => void;
}) {
  const t = useTexts(texts);
  const { comma } = useSigns();
  const { line, fault, leftOut, onChange } = props;
  const rooms = `${leftOut.slice(0, NAMED).join(comma)}${leftOut.length > NAMED ? '…' : ''}`;
  const errorOf = (field: PlanField) => {
    if (fault?.field !== field) return null;
    return 'part' in fault ? t(`faults.${fault.is}`, { part: fault.part }) : t(`faults.${fault.is}`);
  };
  const ofFloors = line.floors.trim() !== '';
  return (
    <div className={classes.fields}>
      <TextInput
        label={t('building')}
        value={line.building}
        error={errorOf('building')}
        onChange={({ currentTarget }) => onChange({ building: currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        label={t('buildingName')}
        value={line.buildingName}
        placeholder={t('buildingNameHint')}
        maxLength={64}
        onChange={({ currentTarget }) => onChange({ buildingName: currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        className={classes.wide}
        label={t(ofFloors ? 'roomsOfFloors' : 'rooms')}
        description={t(ofFloors ? 'roomsOfFloorsHint' : 'roomsHint')}
        value={line.rooms}
        error={errorOf('rooms')}
        onChange={({ currentTarget }) => onChange({ rooms: currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        label={t('floors')}
        description={t('floorsHint')}
        value={line.floors}
        error={errorOf('floors')}
        onChange={({ currentTarget }) => onChange({ floors: currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        label={t('leaveOut')}
        description={
          line.leaveOut.trim() === '' || line.rooms.trim() === ''
            ? t('leaveOutHint')
            : t('leftOut', { count: leftOut.length, rooms })
        }
        value={line.leaveOut}
        error={errorOf('leaveOut')}
        onChange={({ currentTarget }) => onChange({ leaveOut: currentTarget.value })}
        autoComplete="off"
      />
      <Select
        className={classes.wide}
        label={t('lockType')}
        description={t('cardType', { type: String(cardTypeOf(line.lockType)) })}
        data={[...LOCK_TYPES]}
        value={line.lockType}
        allowDeselect={false}
        onChange={(lockType) => onChange({ lockType: lockType as LockType })}
      />
    </div>
  );
}
