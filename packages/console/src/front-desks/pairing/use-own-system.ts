import { useEffect, useState } from 'react';
import { type System, systemOf } from './own-system.ts';

/** What Chromium tells of its computer, where a page came by TLS or from the computer itself. */
interface Hints {
  readonly platform?: string;
  getHighEntropyValues?(names: readonly string[]): Promise<{ readonly architecture?: string }>;
}

/** The system of the computer that looks. What only a question to the browser tells comes a moment later. */
export function useOwnSystem(): System | null {
  const [architecture, setArchitecture] = useState<string | null>(null);
  useEffect(() => {
    hintsHere()
      ?.getHighEntropyValues?.(['architecture'])
      .then(
        (told) => setArchitecture(told.architecture || null),
        // A browser may keep it to itself.
        () => {},
      );
  }, []);
  return systemOf({ platform: hintsHere()?.platform || null, architecture, userAgent: navigator.userAgent });
}

const hintsHere = () => (navigator as { readonly userAgentData?: Hints }).userAgentData;
