import { Failure } from '../page/failure.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

/** Somebody else changed the same since it was shown. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}

/** Why a change was not made. */
export function ChangeFailure({ error }: { readonly error: unknown }) {
  const t = useTexts(texts);
  if (!(error instanceof ChangedMeanwhile)) return <Failure error={error} />;
  return (
    <Note meaning="warn" live="alert">
      {t('changedMeanwhile')}
    </Note>
  );
}
