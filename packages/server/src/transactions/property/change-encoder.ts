import type { Doer } from '../../domain/caller.ts';
import { factsOfEncoder } from '../../domain/desk-facts.ts';
import { isKnown, type KnownTags } from '../../domain/entity-tag.ts';
import type { Encoder } from '../../domain/places.ts';
import { claimsOf } from '../../queries/encoder-claims.ts';
import { type EncoderDetail, encoderDetail } from '../../queries/encoders-page.ts';
import { findEncoder } from '../../queries/find-encoder.ts';
import { unfinishedAtEncoder } from '../../queries/unfinished-operations.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';

interface EncoderChange {
  readonly propertyId: string;
  /** Its number in the property. */
  readonly id: number;
  readonly doer: Doer;
  readonly now: number;
}

export interface ChangeEncoder extends EncoderChange {
  /** Null gives it the name again that its agent tells. */
  readonly name?: string | null | undefined;
  /**
   * True: it serves card types 2 and 3 at its desk, and no other there does. False: it doesn't. Null: the agent of that desk
   * says again which one does.
   */
  readonly forSignedIn?: boolean | null | undefined;
  readonly knownTags: KnownTags;
}

export type ChangedEncoder =
  | { readonly verdict: 'changed'; readonly detail: EncoderDetail }
  | { readonly verdict: 'not-found' | 'changed-meanwhile' | 'at-no-desk' };

/** Names an encoder, or chooses what it serves at its desk. What its agent tells later changes neither. */
export function changeEncoder(tx: Tx, input: ChangeEncoder): ChangedEncoder {
  const { propertyId, name, forSignedIn, knownTags, doer, now } = input;
  const encoder = findEncoder(tx, input);
  if (encoder === null) return { verdict: 'not-found' };
  if (!isKnown(knownTags, { ...factsOfEncoder(encoder) })) return { verdict: 'changed-meanwhile' };
  if (forSignedIn !== undefined && !isAtDesk(encoder)) return { verdict: 'at-no-desk' };
  const isNamed = name !== undefined && name !== encoder.givenName;
  if (isNamed) tx.put('encoders', { ...encoder, givenName: name });
  const isChosen = forSignedIn !== undefined && choose(tx, encoder, forSignedIn);
  if (isNamed || isChosen) {
    const details = { encoder: encoder.mac, ...(isNamed && { name }), ...(isChosen && { forSignedIn }) };
    auditOf(tx, doer, { propertyId, at: now, action: 'encoder-changed', details });
  }
  return { verdict: 'changed', detail: encoderDetail(tx, tx.get('encoders', propertyId, encoder.mac) ?? encoder) };
}

/** Returns whether that changed anything. */
function choose(tx: Tx, { propertyId, agentId, mac }: Encoder, chosen: boolean | null): boolean {
  let isChanged = false;
  for (const each of tx.find('encoders', 'byAgent', [propertyId, agentId])) {
    // The others serve nothing beside the one that is chosen, and decide again together with it.
    const next = each.mac === mac || chosen === null ? chosen : chosen ? false : each.chosen;
    if (next === each.chosen) continue;
    tx.put('encoders', { ...each, chosen: next });
    isChanged = true;
  }
  return isChanged;
}

export type ForgottenEncoder = { readonly verdict: 'forgotten' | 'not-found' | 'at-a-desk' | 'something-open' };

/** Takes an encoder off the lists that no agent has. One that has it again lists it again, with its id. */
export function forgetEncoder(tx: Tx, input: EncoderChange): ForgottenEncoder {
  const { propertyId, doer, now } = input;
  const encoder = findEncoder(tx, input);
  if (encoder === null) return { verdict: 'not-found' };
  if (isAtDesk(encoder) || isClaimed(tx, encoder)) return { verdict: 'at-a-desk' };
  if (unfinishedAtEncoder(tx, propertyId, encoder.mac).length > 0) return { verdict: 'something-open' };
  const lost = { agentId: null, ownership: 'released', forSignedIn: false, chosen: null } as const;
  tx.put('encoders', { ...encoder, ...lost, forgotten: true });
  const details = { encoder: encoder.mac, id: encoder.id, name: factsOfEncoder(encoder).name };
  auditOf(tx, doer, { propertyId, at: now, action: 'encoder-forgotten', details });
  return { verdict: 'forgotten' };
}

function isAtDesk({ agentId, ownership }: Encoder): boolean {
  return agentId !== null && ownership !== 'released';
}

function isClaimed(tx: ReadTx, { propertyId, mac }: Encoder): boolean {
  return claimsOf(tx, propertyId, mac).length > 0;
}
