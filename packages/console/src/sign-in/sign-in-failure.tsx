import { isProblem } from '@keyrack/sdk';
import { Failure } from '../page/failure.tsx';
import { PasskeyNotShown } from '../person/show-passkey.ts';
import { Note } from '../state/note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

/** Why somebody wasn't let in, and what to do. */
export function SignInFailure({ error, by }: { readonly error: unknown; readonly by: 'person' | 'property' }) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  if (error instanceof PasskeyNotShown)
    return (
      <Note meaning="warn" live="alert">
        {t('passkeyNotShown')}
      </Note>
    );
  if (isProblem(error, 'sign-in-refused'))
    return (
      <Note meaning="bad" live="alert">
        <p>{t(by === 'property' ? 'refusedOfProperty' : 'refused')}</p>
        <p>{t('refusedAdvice')}</p>
      </Note>
    );
  if (isProblem(error, 'too-many-failures'))
    return (
      <Note meaning="bad" live="alert">
        {t('closed', { time: clockAfter(error.retryAfterMs ?? 60_000, language) })}
      </Note>
    );
  if (isProblem(error, 'unavailable'))
    return (
      <Note meaning="warn" live="alert">
        {t('busy')}
      </Note>
    );
  return <Failure error={error} />;
}

/** The time of this computer's clock: before somebody is signed in there is no property with another. */
function clockAfter(ms: number, language: 'en' | 'zh'): string {
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  // Within the minute it opens: the next one is told.
  return format.format(Date.now() + ms + 59_000);
}
