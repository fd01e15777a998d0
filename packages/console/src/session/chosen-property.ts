import type { Place } from './myself.ts';

const KEPT = 'keyrack-property';
/** What any tab of this browser showed last. */
const LAST = 'keyrack-property-last';

/** The property that this tab shows: its own choice, else what this browser chose last, else the first. */
export function chosenPlace(places: readonly Place[]): Place | null {
  const kept = [sessionStorage.getItem(KEPT), localStorage.getItem(KEPT)];
  for (const id of kept) {
    const place = places.find(({ property }) => property.id === id);
    if (place !== undefined) return place;
  }
  return places[0] ?? null;
}

/** This tab keeps to it from now on, whatever is chosen in others. */
export function keepToPlace(id: string): void {
  sessionStorage.setItem(KEPT, id);
  localStorage.setItem(LAST, id);
}

/** The property that is shown most likely, before anybody has told which ones there are. */
export function lastPlace(): string | null {
  return sessionStorage.getItem(KEPT) ?? localStorage.getItem(KEPT) ?? localStorage.getItem(LAST);
}

/** This tab shows it, and those that are opened from now on. */
export function choosePlace(id: string): void {
  keepToPlace(id);
  localStorage.setItem(KEPT, id);
}
