import { theirsOf } from '../../conflict/change-seen.ts';
import { TheirsNote } from '../../conflict/theirs-note.tsx';
import { Failure } from '../../page/failure.tsx';
import { useSigns } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import * as texts from './texts.ts';
import type { Webhook } from './webhook-calls.ts';

/** Why a webhook was not changed; where somebody else did, how it is now. */
export function NotChanged({ error }: { readonly error: unknown }) {
  const t = useTexts(texts);
  const { comma } = useSigns();
  const theirs = theirsOf<Webhook>(error);
  if (theirs === null) return <Failure error={error} />;
  return (
    <TheirsNote
      now={[
        [t('url'), theirs.url],
        [t('types'), theirs.types === null ? t('allTypes') : theirs.types.join(comma)],
      ]}
    />
  );
}
