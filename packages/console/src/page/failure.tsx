import { isProblem, isUnreachable } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { explainProblem } from '../problem/explain-problem.ts';
import { Note } from '../state/note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

/** What went wrong, in the part that failed: what is true, what to do, and a reference for the server's log where that knows more. */
export function Failure({ error, onAgain }: { readonly error: unknown; readonly onAgain?: () => void }) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  // The log has more to say only where the server itself was at fault.
  const reference = isProblem(error) && error.status >= 500 ? error.requestId : null;
  return (
    <Note meaning="bad" live="alert">
      <p>{isUnreachable(error) ? t('offline') : explainProblem(error, language)}</p>
      {reference && <p>{t('reference', { id: reference })}</p>}
      {onAgain && (
        <Button size="xs" mt="sm" onClick={onAgain}>
          {t('again')}
        </Button>
      )}
    </Note>
  );
}
