/** Every setting of the environment that is Keyrack's own, for all programs. A test compares it with what they read. */
export const SETTINGS: readonly string[] = [
  'KEYRACK_ANSWER_WAIT_SECONDS',
  'KEYRACK_CARD_WAIT_SECONDS',
  'KEYRACK_DATA',
  'KEYRACK_DOWNLOADS',
  'KEYRACK_LOG_LEVEL',
  'KEYRACK_MASTER_KEY',
  'KEYRACK_METRICS',
  'KEYRACK_PUBLIC_URL',
  'KEYRACK_SIGN_IN_IDLE_MINUTES',
  'KEYRACK_AGENT_OFFLINE_MINUTES',
  'KEYRACK_DISK_FREE_MIB',
  'KEYRACK_TRUSTED_PROXIES',
  'KEYRACK_WEBHOOK_NETWORKS',
];

/**
 * A sentence for each name of the environment that looks like a setting of Keyrack's and is none. Else a slip would
 * leave the usual value in force without a word.
 */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => /^KEYRACK_/i.test(name) && !SETTINGS.includes(name))
    .sort()
    .map((name) => {
      const nearest = nearestOf(name);
      const advice = nearest === null ? 'see the table in docs/server.md' : `is ${nearest} meant?`;
      return `The environment variable ${name} is no setting of Keyrack and does nothing; ${advice}`;
    })
    .map((sentence) => (sentence.endsWith('?') ? sentence : `${sentence}.`));
}

/** Null where none is near: advice that is wrong is worse than none. */
function nearestOf(name: string): string | null {
  // Its last words left out, as of `KEYRACK_CARD_WAIT`: many letters, and no doubt.
  const begun = SETTINGS.find((setting) => setting.startsWith(`${name.toUpperCase()}_`));
  if (begun !== undefined) return begun;
  const [first] = SETTINGS.map((setting) => ({ setting, steps: stepsBetween(name.toUpperCase(), setting) })).sort(
    (one, other) => one.steps - other.steps,
  );
  return first !== undefined && first.steps <= 4 ? first.setting : null;
}

/** How many letters must be put in, taken out or changed to make one text of the other (Levenshtein). */
function stepsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [at, wanted] of [...other].entries()) {
      const changed = (row[at] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
