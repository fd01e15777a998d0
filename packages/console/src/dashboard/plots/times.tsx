import { scaleFor } from '../spans.ts';
import classes from './plots.module.css';
import { useWidth } from './use-width.ts';

export interface TimedThing {
  readonly key: string;
  readonly name: string;
  /** Below its name. */
  readonly note: string;
  /** Milliseconds; null where there is nothing to tell. */
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
}

/** Pixels before the width is known. */
const USUAL_WIDTH = 560;
const ROW = 38;
/** Pixels for names before the scale, and for the number behind a line. */
const LEFT = 170;
const BEHIND = 56;
const TOP = 14;

/** For each thing how long half and nine of ten took, on one scale of seconds. */
export function SpansOfTime(props: {
  readonly label: string;
  readonly things: readonly TimedThing[];
  readonly seconds: (seconds: number) => string;
}) {
  const { label, things, seconds } = props;
  const [width, ref] = useWidth(USUAL_WIDTH);
  const right = width - BEHIND;
  const scale = scaleFor(Math.max(0, ...things.map(({ p90Ms }) => (p90Ms ?? 0) / 1_000)));
  const most = scale.at(-1) ?? 1;
  const xOf = (ms: number) => LEFT + (ms / 1_000 / most) * (right - LEFT);
  const floor = TOP + things.length * ROW;
  return (
    <svg ref={ref} className={classes.plot} viewBox={`0 0 ${width} ${floor + 32}`} role="img" aria-label={label}>
      {scale.map((value) => (
        <g key={value}>
          <path className={classes.grid} d={`M${xOf(value * 1_000)} ${TOP}V${floor}`} />
          <text x={xOf(value * 1_000)} y={floor + 20} textAnchor="middle">
            {seconds(value)}
          </text>
        </g>
      ))}
      {things.map(({ key, name, note, medianMs, p90Ms }, row) => {
        const y = TOP + row * ROW + 20;
        return (
          <g key={key}>
            <text className={classes.ink} x={0} y={y - 2}>
              {shortened(name)}
            </text>
            <text x={0} y={y + 13}>
              {note}
            </text>
            {medianMs === null || p90Ms === null ? (
              <path className={classes.dash} d={`M${LEFT} ${y}H${right}`} />
            ) : (
              <>
                <path className={classes.span} d={`M${xOf(medianMs)} ${y}H${xOf(p90Ms)}`} />
                <circle className={classes.first} cx={xOf(medianMs)} cy={y} r="6" />
                <path className={classes.tick} d={`M${xOf(p90Ms)} ${y - 7}v14`} />
                <text x={xOf(p90Ms) + 8} y={y + 4}>
                  {seconds(Math.round(p90Ms / 100) / 10)}
                </text>
              </>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** A picture breaks no lines: the whole name stands in the table. */
function shortened(name: string): string {
  const letters = [...name];
  return letters.length > 20 ? `${letters.slice(0, 19).join('')}…` : name;
}
