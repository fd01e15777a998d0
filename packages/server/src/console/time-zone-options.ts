import type { TimeZoneChoice } from '../domain/time-zones.ts';

export interface ZoneOptionsView {
  readonly chosen: string | null;
  /** The parts of the world in the page's language, by their name in the list. */
  readonly areas: Readonly<Record<string, string>>;
}

/**
 * The options of a list of time zones, grouped by part of the world, each with the time there. A place comes first in its
 * option, so that typing its first letters finds it. Names come from the list and hold nothing that HTML would understand.
 */
export function timeZoneOptions(choices: readonly TimeZoneChoice[], { chosen, areas }: ZoneOptionsView): string {
  const groups = Map.groupBy(choices, ({ area }) => area);
  const option = ({ zone, place, time }: TimeZoneChoice) =>
    `<option value="${zone}"${zone === chosen ? ' selected' : ''}>${place} · ${time}`;
  return Array.from(
    groups,
    ([area, within]) => `<optgroup label="${areas[area] ?? area}">${within.map(option).join('')}</optgroup>`,
  ).join('\n');
}
