/** The time zones that a property may have: the names of one list, so that nobody gets `BST` for a zone in Bangladesh. */

/** What the library's list calls by a name that IANA has given up, and the name that people and browsers use today. */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** Every name that may be chosen, in order. Each is an area, a slash and a place; abbreviations are never among them. */
export const TIME_ZONES: readonly string[] = [
  ...new Set(Intl.supportedValuesOf('timeZone').map((name) => RENAMED[name] ?? name)),
]
  .filter((name) => name.includes('/'))
  .sort();

const LISTED: ReadonlySet<string> = new Set(TIME_ZONES);

/** The listed name that stands for this one; null where the list has none. Spelling and case must be the list's. */
export function listedTimeZone(name: string): string | null {
  const today = Object.hasOwn(RENAMED, name) ? RENAMED[name] : name;
  return today !== undefined && LISTED.has(today) ? today : null;
}

export interface TimeZoneChoice {
  readonly zone: string;
  /** The part of the world, e.g. `Europe`: what choices are grouped by. */
  readonly area: string;
  /** What a person looks for, e.g. `Buenos Aires (Argentina)`. */
  readonly place: string;
  /** The time there, `HH:mm`: whoever sees it beside the wall clock knows whether it is the right zone. */
  readonly time: string;
}

/** Every zone with the time there at that instant (Unix milliseconds), by area and place. */
export function timeZoneChoices(now: number): TimeZoneChoice[] {
  const choices = TIME_ZONES.map((zone) => {
    const [area = '', ...within] = zone.split('/');
    return { zone, area, place: placeOf(within), time: clockOf(zone).format(now) };
  });
  return choices.sort((one, other) => compare(one.area, other.area) || compare(one.place, other.place));
}

function placeOf(within: readonly string[]): string {
  const [place = '', ...regions] = within.map((part) => part.replaceAll('_', ' ')).reverse();
  return regions.length === 0 ? place : `${place} (${regions.join(', ')})`;
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** Making one takes half a millisecond, and there are 400: each is made once. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  clocks.set(zone, made);
  return made;
}
