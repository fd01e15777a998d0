/**
 * What a person should know about a front desk, with what to do, by a name that pages translate. The database keeps the
 * sentence, so that none that was written before may change: a new wording is a new name.
 */
export const ATTENTIONS = {
  'unknown-write': 'The journal of the agent tells of a write that is unknown here; see the audit log.',
  'journal-new': 'The agent came with a new journal; the one before is lost.',
  'journal-shorter': 'The journal of the agent is shorter than it was; a new one was begun.',
  'two-computers':
    'Two computers claimed to be this agent (a copied folder?); pair the right one anew (Front desks in the console, or `keyrack agents pair --replaces ID`).',
  'too-much-unexplained':
    'The agent told of more writes that are unknown here than a right one can; check its computer, then pair it anew (Front desks in the console, or `keyrack agents pair --replaces ID`).',
  'too-many-journals':
    'The agent lost its journal again and again; check the disk of its computer, then pair it anew (Front desks in the console, or `keyrack agents pair --replaces ID`).',
  'too-many-restores':
    'The agent told again and again that the database was restored; check its computer, then pair it anew (Front desks in the console, or `keyrack agents pair --replaces ID`).',
  'update-failed':
    'An update of its program came to nothing, and the version before runs; see the audit log, then try again there with `keyrack agent update`, or install the new version by hand.',
} as const;

export type AttentionKind = keyof typeof ATTENTIONS;

export const ATTENTION_KINDS = Object.keys(ATTENTIONS) as [AttentionKind, ...AttentionKind[]];

/** The name of a sentence in the database; null where there is none, or one that no version wrote. */
export function attentionKindOf(sentence: string | null): AttentionKind | null {
  return ATTENTION_KINDS.find((kind) => ATTENTIONS[kind] === sentence) ?? null;
}
