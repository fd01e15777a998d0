import type { Operation } from '@keyrack/sdk';
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { useAsk } from '../operation/ask.ts';
import { rememberAsked } from './asked.ts';
import { consentOf, fingerprintOf, type IssuePreview } from './consequence.ts';
import type { Issue } from './wish.ts';

/** Milliseconds after a change was taken note of in which no press issues: a doubled Enter was meant for the first. */
const SETTLE_MS = 600;

/** What the preview depends on. Whose name it is changes nothing, and each letter of it would ask anew. */
function asPreviewed({ encoder: _encoder, copies: _copies, holder, ...issue }: Issue): Issue {
  const named = issue.mode !== 'duplicate' || holder !== undefined;
  return { ...issue, ...(named && { holder: { name: 'Guest' } }) };
}

export function previewOf(issue: Issue | null) {
  const asked = issue && asPreviewed(issue);
  return queryOptions({
    queryKey: ['cards', asked?.property, 'preview', asked],
    meta: { room: asked?.room },
    queryFn: async (): Promise<IssuePreview> => {
      if (asked === null) throw new Error('nothing is asked for');
      return keyrack.operations.previewIssue(asked);
    },
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
}

/**
 * Shows what an issue would do, and issues. It issues nothing that somebody hasn't seen: where the room's cards changed under their
 * hands, the first press only takes note of that.
 */
export function useIssuing(issue: Issue | null, onAccepted: (operation: Operation) => void) {
  const client = useQueryClient();
  const query = previewOf(issue);
  const inputs = JSON.stringify(query.queryKey);
  const { data, error: refused, isPlaceholderData, isFetching } = useQuery(query);
  const preview = issue !== null && !isPlaceholderData && refused === null ? data : undefined;
  const [seen, setSeen] = useState<{ readonly inputs: string; readonly print: string } | null>(null);
  const isSeen = seen?.inputs === inputs;
  useEffect(() => {
    // What comes first for these fields is what one sees; what comes later is news.
    if (preview !== undefined && !isSeen) setSeen({ inputs, print: fingerprintOf(preview) });
  }, [preview, isSeen, inputs]);
  const hasChanged = preview !== undefined && isSeen && consentOf(seen.print, preview) === 'changed';
  const { ask, isAsking, error } = useAsk(null, (operation, asked) => {
    if (asked.kind === 'issue') rememberAsked(operation.id, { issue: asked, print: seen?.print ?? '' });
    onAccepted(operation);
  });
  const isChecking = useRef(false);
  const notedAt = useRef(Number.NEGATIVE_INFINITY);

  const press = async () => {
    if (issue === null || isChecking.current || isAsking) return;
    if (hasChanged) {
      notedAt.current = performance.now();
      setSeen({ inputs, print: fingerprintOf(preview) });
      return;
    }
    if (performance.now() - notedAt.current < SETTLE_MS) return;
    // Who presses before the answer for these fields is there agrees to what stands there; where it differs, that is news.
    const shown = refused === null && data !== undefined ? fingerprintOf(data) : null;
    const print = isSeen ? seen.print : shown;
    if (!isSeen && print !== null) setSeen({ inputs, print });
    isChecking.current = true;
    try {
      // News may be on their way: what is true now decides, as near to the issue as can be. Where the server could not be asked
      // before, it is asked again.
      const fresh = await client.fetchQuery({ ...query, staleTime: 0 });
      if (print !== null && consentOf(print, fresh) === 'given') ask(issue);
    } catch {
      // It is shown where the preview is.
    } finally {
      isChecking.current = false;
    }
  };
  return {
    preview: data !== undefined && refused === null ? data : undefined,
    refused,
    hasChanged,
    isFetching,
    isAsking,
    error,
    press,
  };
}

export type Issuing = ReturnType<typeof useIssuing>;
