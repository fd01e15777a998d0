import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { isLoopback } from './own-computer.ts';
import * as texts from './texts.ts';

/** Below a link for somebody else: that it leads nowhere from their computer, where it names this one. */
export function OwnComputerNote({ link }: { readonly link: string }) {
  const t = useTexts(texts);
  return isLoopback(link) ? <Note meaning="warn">{t('ownComputer')}</Note> : null;
}
