/** A time zone that a property may have, as somebody looks for it. */
export interface ZoneChoice {
  /** IANA name. */
  readonly zone: string;
  /** The part of the world, e.g. `Europe`. */
  readonly area: string;
  /** Place, time there now and the zone's own name: what the search looks through. */
  readonly label: string;
}

/** All zones that this browser knows, by area and place. `now`: Unix milliseconds. */
export function zoneChoices(now: number, locale: string): ZoneChoice[] {
  const inOrder = new Intl.Collator('en').compare;
  return Intl.supportedValuesOf('timeZone')
    .filter((zone) => zone.includes('/') && !zone.startsWith('Etc/'))
    .map((zone) => ({ zone, area: zone.slice(0, zone.indexOf('/')), label: labelOf(zone, now, locale) }))
    .sort((one, other) => inOrder(one.area, other.area) || inOrder(one.label, other.label));
}

/** E.g. `Buenos Aires (Argentina) · 09:41 · Argentina Standard Time`: the wall clock tells whether it is the right one. */
function labelOf(zone: string, now: number, locale: string): string {
  const [, ...within] = zone.replaceAll('_', ' ').split('/');
  const place = within.length > 1 ? `${within.at(-1)} (${within.slice(0, -1).join(', ')})` : (within[0] ?? zone);
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'long',
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${place} · ${part('hour')}:${part('minute')} · ${part('timeZoneName')}`;
}

/** Where this browser is. */
export function zoneHere(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
