import { useTexts } from '../texts/texts.ts';
import { Sample } from './cell.tsx';
import type { Density } from './density.ts';
import classes from './legend.module.css';
import { SEEN_STATES, type SeenState } from './seen-state.ts';
import * as texts from './texts.ts';
import { useRackPart } from './use-rack.ts';

/** What each look means, how many rooms have it, and only those at a press. There is no second list of states to learn. */
export function Legend(props: {
  readonly state: SeenState | null;
  readonly onState: (state: SeenState | null) => void;
}) {
  const { state, onState } = props;
  const t = useTexts(texts);
  const counts = useRackPart((store) => store.counts());
  const all = Object.values(counts).reduce((sum, each) => sum + each, 0);
  return (
    <div className={classes.legend}>
      <fieldset aria-label={t('filter')}>
        <button type="button" aria-pressed={state === null} onClick={() => onState(null)}>
          {t('all')} <b>{all}</b>
        </button>
        {SEEN_STATES.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={state === each}
            onClick={() => onState(state === each ? null : each)}
          >
            <Sample state={each} />
            {t(`states.${each}`)} <b>{counts[each]}</b>
          </button>
        ))}
      </fieldset>
    </div>
  );
}

/** How close rooms stand. */
export function DensitySwitch(props: { readonly density: Density; readonly onDensity: (density: Density) => void }) {
  const { density, onDensity } = props;
  const t = useTexts(texts);
  return (
    <button
      type="button"
      className={classes.density}
      aria-pressed={density === 'compact'}
      onClick={() => onDensity(density === 'compact' ? 'comfortable' : 'compact')}
    >
      {t('compact')}
    </button>
  );
}
