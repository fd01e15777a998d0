// biome-ignore-all lint/a11y/useSemanticElements: only the rows in sight are in the page, each placed by itself, which rows of a table can’t be.
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is at the cells of a row, or at what is in them.

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { LOCK_TYPES } from '../../lock/lock-types.ts';
import { OneOf } from '../../page/one-of.tsx';
import { sayFault } from '../../problem/explain-fault.ts';
import { Chip } from '../../state/chip.tsx';
import { useLanguage } from '../../texts/language.tsx';
import { useSigns } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import classes from './line-preview.module.css';
import type { LineFault, PlannedLine } from './plan-lines.ts';
import * as texts from './texts.ts';

type Shown = 'all' | PlannedLine['becomes'];
const MEANINGS = { added: 'good', changed: 'accent', unchanged: 'calm', wrong: 'bad' } as const;
const ICONS = { added: 'plus', changed: 'now', unchanged: 'ok', wrong: 'no' } as const;
const KINDS = ['wrong', 'added', 'changed', 'unchanged'] as const;

/** Every line of a file with what becomes of it. What is wrong is shown first. */
export function LinePreview(props: {
  readonly plan: readonly PlannedLine[];
  readonly counts: Readonly<Record<PlannedLine['becomes'], number>>;
}) {
  const t = useTexts(texts);
  const { plan, counts } = props;
  const [chosen, setChosen] = useState<Shown | null>(null);
  const shown = chosen ?? (counts.wrong > 0 ? 'wrong' : 'all');
  const lines = useMemo(() => plan.filter(({ becomes }) => shown === 'all' || becomes === shown), [plan, shown]);
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 36,
    overscan: 8,
  });
  return (
    <div className={classes.preview}>
      <OneOf
        label={t('show')}
        value={shown}
        choices={(['all', ...KINDS] as const).map((value) => ({
          value,
          label: t(`kinds.${value}`, { count: value === 'all' ? plan.length : counts[value] }),
        }))}
        onChange={setChosen}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <div ref={frame} className={classes.frame} tabIndex={0} role="region" aria-label={t('preview')}>
        <div
          role="table"
          aria-rowcount={lines.length}
          aria-label={t('preview')}
          className={classes.lines}
          style={{ height: rows.getTotalSize() }}
        >
          {rows.getVirtualItems().map(({ index, key, start }) => {
            const line = lines[index];
            return (
              line && (
                <div
                  key={key}
                  ref={rows.measureElement}
                  data-index={index}
                  role="row"
                  aria-rowindex={index + 1}
                  className={classes.line}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <Line line={line} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Line({ line }: { readonly line: PlannedLine }) {
  const t = useTexts(texts);
  const signs = useSigns();
  const { language } = useLanguage();
  const { fields, becomes, differences, faults } = line;
  const say = ({ why }: LineFault) => {
    switch (why.is) {
      case 'told':
        return sayFault(why.detail, language);
      case 'repeated':
        return t('faults.repeated', { line: String(why.earlier) });
      case 'lock-number-stays':
        return t('faults.lock-number-stays', { has: String(why.has) });
      case 'no-lock-type':
        return t('faults.no-lock-type', { types: LOCK_TYPES.join(signs.comma) });
      default:
        return t(`faults.${why.is}`);
    }
  };
  return (
    <>
      <span role="cell" className={classes.at}>
        {t('line', { line: String(line.line) })}
      </span>
      <span role="cell">
        <Chip meaning={MEANINGS[becomes]} icon={ICONS[becomes]}>
          {t(`becomes.${becomes}`)}
        </Chip>
      </span>
      <span role="rowheader" className={classes.room}>
        <bdi>{fields.building}</bdi>/<bdi>{fields.floor}</bdi>/<bdi>{fields.number}</bdi>{' '}
        <span className={classes.name}>
          <bdi>{fields.name}</bdi>
        </span>
      </span>
      <span role="cell" className={classes.what}>
        {becomes === 'added' && fields.lockType}
        {differences.map(({ field, from, to }) => (
          <span key={field}>
            {t(`columns.${field as 'name'}`)}
            {signs.colon}
            <del>{from === '' ? '–' : <bdi>{from}</bdi>}</del>{' '}
            <ins>
              <bdi>{to}</bdi>
            </ins>
          </span>
        ))}
        {faults.map((fault) => (
          <span key={`${fault.field} ${fault.why.is}`}>
            <b>{t(`columns.${fault.field as 'name'}`)}</b>
            {fields[fault.field] ? (
              <>
                {signs.gap}“<bdi>{fields[fault.field]}</bdi>”
              </>
            ) : null}
            {signs.colon}
            {say(fault)}
          </span>
        ))}
      </span>
    </>
  );
}
