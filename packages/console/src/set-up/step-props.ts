import type { ReactNode } from 'react';

/** What a step is given: its place in the frame, and the way on. */
export interface StepProps {
  readonly frame: (content: {
    readonly title: string;
    readonly about: string;
    readonly aside?: ReactNode;
    readonly children: ReactNode;
  }) => ReactNode;
  readonly goOn: () => void;
}
