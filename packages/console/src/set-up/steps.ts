/** The steps of a set-up, in their order. The first two make the installation; the others are done at the property. */
export const STEPS = ['owner', 'property', 'rooms', 'desk', 'members', 'card'] as const;
export type StepName = (typeof STEPS)[number];
export const HOUSE_STEPS = ['rooms', 'desk', 'members', 'card'] as const satisfies readonly StepName[];
export type HouseStep = (typeof HOUSE_STEPS)[number];

/** What is there at a property, from which it follows how far its set-up is. Null where it isn't known yet. */
export interface SetUpFacts {
  readonly rooms: number | null;
  /** Front desks that were paired and not revoked. */
  readonly desks: number | null;
  /** Active members, whoever looks among them. */
  readonly members: number | null;
  /** Whether a card was issued. */
  readonly issued: boolean | null;
}

export type Done = Readonly<Record<HouseStep, boolean>>;

/** Which steps are done. Nobody notes it anywhere: so a step is as done as what it makes is there. */
export function doneSteps({ rooms, desks, members, issued }: SetUpFacts): Done | null {
  if (rooms === null || desks === null || members === null || issued === null) return null;
  return { rooms: rooms > 0, desk: desks > 0, members: members > 1, card: issued };
}

/** The step to go on with: the first that isn't done; null where all are. */
export function nextStep(done: Done): HouseStep | null {
  return HOUSE_STEPS.find((step) => !done[step]) ?? null;
}

/** The step behind this one, done or not; null behind the last. */
export function stepAfter(step: HouseStep): HouseStep | null {
  return HOUSE_STEPS[HOUSE_STEPS.indexOf(step) + 1] ?? null;
}

export function isHouseStep(value: unknown): value is HouseStep {
  return (HOUSE_STEPS as readonly unknown[]).includes(value);
}
