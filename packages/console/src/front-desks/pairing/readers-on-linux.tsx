import { Copyable } from '../../page/copy-button.tsx';
import { useTexts } from '../../texts/texts.ts';
import * as texts from './texts.ts';

const READERS_ON_LINUX = 'apt-get install pcscd libccid';

/** What card readers need of Linux, which no package of ours brings. */
export function ReadersOnLinux() {
  const t = useTexts(texts);
  return (
    <>
      <p>{t('readersLinux')}</p>
      <Copyable text={READERS_ON_LINUX} what={t('copyReaders')} />
    </>
  );
}
