import { useLanguage } from '../texts/language.tsx';
import { explainFault } from './explain-fault.ts';

/** What the server has against a field of the form that it refused, in the language of the page. */
export function useFault(error: unknown): (path: string) => string | null {
  const { language } = useLanguage();
  return (path) => explainFault(error, path, language);
}
