import { scaleFor } from '../spans.ts';
import classes from './plots.module.css';
import { useWidth } from './use-width.ts';

export interface Bar {
  readonly key: string;
  /** Below it; empty for none. */
  readonly label: string;
  /** Of each series, from below. */
  readonly values: readonly number[];
}

/** Pixels before the width is known. */
const USUAL_WIDTH = 560;
/** Pixels that a label below a bar takes. */
const LABEL = 40;
const HEIGHT = 200;
const FLOOR = 168;
const TOP = 20;
const LEFT = 36;
const FILLS = [classes.first, classes.second, classes.third];

/** Bars of up to three series on top of each other. Its numbers stand in the table behind it, so it is one picture. */
export function Bars({
  label,
  bars,
  nowAt,
}: {
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly nowAt?: number;
}) {
  const [width, ref] = useWidth(USUAL_WIDTH);
  const sums = bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const scale = scaleFor(Math.max(0, ...sums));
  const most = scale.at(-1) ?? 1;
  const step = (width - LEFT) / Math.max(1, bars.length);
  const thick = Math.min(48, Math.max(2, step * 0.7));
  const labelled = bars.filter(({ label: below }) => below !== '').length;
  const every = Math.max(1, Math.ceil((labelled * LABEL) / (width - LEFT)));
  let labels = -1;
  const heightOf = (value: number) => (value / most) * (FLOOR - TOP);
  return (
    <svg ref={ref} className={classes.plot} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className={classes.hatchBack} width="5" height="5" />
          <rect className={classes.hatchLine} width="2" height="5" />
        </pattern>
      </defs>
      {scale.map((value) => (
        <g key={value}>
          <path className={classes.grid} d={`M${LEFT} ${FLOOR - heightOf(value)}H${width}`} />
          <text x={LEFT - 8} y={FLOOR - heightOf(value) + 4} textAnchor="end">
            {value.toLocaleString('en')}
          </text>
        </g>
      ))}
      {bars.map(({ key, label: below, values }, index) => {
        const x = LEFT + step * (index + 0.5);
        let y = FLOOR;
        if (below !== '') labels += 1;
        return (
          <g key={key}>
            {values.map((value, series) => {
              const height = heightOf(value);
              y -= height;
              return (
                <rect
                  key={FILLS[series]}
                  className={FILLS[series]}
                  x={x - thick / 2}
                  y={y}
                  width={thick}
                  height={height}
                />
              );
            })}
            <text x={x} y={FLOOR + 20} textAnchor="middle">
              {labels % every === 0 && below}
            </text>
          </g>
        );
      })}
      {nowAt !== undefined && <path className={classes.now} d={`M${LEFT + step * nowAt} ${TOP}V${FLOOR}`} />}
    </svg>
  );
}
