/** Who may have made what an agent of the computer goes by, as lists of rights (SDDL) name them: Windows, administrators, Local Service. */
const TRUSTED: readonly string[] = ['SY', 'S-1-5-18', 'BA', 'S-1-5-32-544', 'LS', 'S-1-5-19'];

/** What was found of a folder, or in it. */
export interface FoundEntry {
  readonly path: string;
  /** It leads elsewhere, or is the same file as another one. */
  readonly isLink: boolean;
}

/** The owner in each line of SDDL, e.g. `O:BAG:SYD:(…)`; null for a line that names none. */
export function ownersIn(sddl: string): (string | null)[] {
  const lines = sddl.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => /^O:(S-1(?:-\d+)+|[A-Z]{2})(?=[GDS]:|$)/.exec(line.trim())?.[1] ?? null);
}

/**
 * Why an agent of the computer must not go by what lies in a folder; null where it may. Every user may make folders in
 * `%ProgramData%`. Who made one may open it again, and what lies there would be the agent's settings and key.
 *
 * @param found the folder and all that lies in it
 * @param sddl a line for each of them, in any order
 * @param self who installs, with an administrator's rights
 */
export function whyNotTrusted(found: readonly FoundEntry[], sddl: string, self: string): string | null {
  const owners = ownersIn(sddl);
  if (owners.length !== found.length || owners.includes(null)) return "Windows doesn't tell who made it";
  const strange = owners.find((owner) => owner !== self && !TRUSTED.includes(owner ?? ''));
  return strange === undefined ? null : `${strange} made it, or something in it, and is no administrator`;
}
