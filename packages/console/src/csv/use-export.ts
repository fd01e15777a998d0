import { useCallback, useEffect, useRef, useState } from 'react';
import { saveFile } from './save-file.ts';

/** How far an export has come. */
export type ExportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly rows: number }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  /** The file, piece by piece, each with how many rows there are by then. Ends with the signal. */
  pieces(signal: AbortSignal): AsyncIterable<{ readonly text: string; readonly rows: number }>;
}

/** Makes a file of rows that come in pages, with progress; it can be given up, and ends with the page. */
export function useExport() {
  const [state, setState] = useState<ExportState>({ kind: 'idle' });
  const running = useRef<AbortController>(null);
  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setState({ kind: 'idle' });
  }, []);
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback(async (file: ExportedFile) => {
    const controller = new AbortController();
    running.current?.abort();
    running.current = controller;
    const { signal } = controller;
    setState({ kind: 'running', rows: 0 });
    try {
      const parts: string[] = [];
      for await (const { text, rows } of file.pieces(signal)) {
        if (signal.aborted) return;
        parts.push(text);
        setState({ kind: 'running', rows });
      }
      if (signal.aborted) return;
      saveFile(file.name, parts, file.type);
      setState({ kind: 'idle' });
    } catch (error) {
      if (!signal.aborted) setState({ kind: 'failed', error });
    }
  }, []);

  return { state, start, stop };
}
