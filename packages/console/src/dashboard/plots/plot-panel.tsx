import { type ReactNode, useState } from 'react';
import { OneOf } from '../../page/one-of.tsx';
import { Panel } from '../../page/page.tsx';
import { useSigns } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import * as texts from '../texts.ts';
import classes from './plots.module.css';

export interface PlotTable {
  readonly columns: readonly { readonly title: string; readonly isNumber?: boolean }[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

interface PlotPanelProps {
  readonly title: string;
  readonly about: string;
  readonly plot: ReactNode;
  readonly series?: readonly { readonly mark: string; readonly name: string }[];
  readonly table: PlotTable;
  /** What is shown first. */
  readonly first?: 'plot' | 'table';
}

/** A plot, and the numbers that it is drawn from, as a table in its place. */
export function PlotPanel({ title, about, plot, series = [], table, first = 'plot' }: PlotPanelProps) {
  const t = useTexts(texts);
  const signs = useSigns();
  const [shows, setShows] = useState(first);
  return (
    <Panel
      title={
        <>
          {title}
          <span className={classes.about}>{about}</span>
        </>
      }
      label={title}
      end={
        <OneOf
          label={title}
          value={shows}
          choices={(['plot', 'table'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={setShows}
        />
      }
    >
      {shows === 'plot' ? (
        <>
          {plot}
          {series.length > 0 && (
            <ul className={classes.series}>
              {series.map(({ mark, name }) => (
                <li key={mark}>
                  <i data-series={mark} aria-hidden="true" />
                  {name}
                </li>
              ))}
            </ul>
          )}
        </>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
        <section className={classes.scroll} tabIndex={0} aria-label={`${title}${signs.colon}${t('table')}`}>
          <table className={classes.table}>
            <thead>
              <tr>
                {table.columns.map((column) => (
                  <th key={column.title} scope="col" data-number={column.isNumber}>
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map(({ key, cells }) => (
                <tr key={key}>
                  {cells.map((cell, index) => (
                    <td key={table.columns[index]?.title} data-number={table.columns[index]?.isNumber}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}
