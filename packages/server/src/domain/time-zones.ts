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
