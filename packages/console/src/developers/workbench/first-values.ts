import type { Values } from './endpoints.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What is filled in before anybody types: this property, a card until tomorrow, records of today. */
export function firstValues(
  property: { readonly number: string; readonly timeZone: string; readonly checkOutTime: string },
  now: number,
): Values {
  const day = (at: number) => {
    const parts = new Intl.DateTimeFormat('en-CA', {
      timeZone: property.timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).formatToParts(at);
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
    return `${part('year')}-${part('month')}-${part('day')}`;
  };
  const [today, tomorrow] = [day(now), day(now + DAY_MS)];
  return {
    communityNo: property.number,
    endTime: `${tomorrow.slice(2)}${property.checkOutTime}`.replace(/[-:]/g, ''),
    operateCardType: '4',
    startDate: today,
    endDate: today,
    recordType: '0',
  };
}
