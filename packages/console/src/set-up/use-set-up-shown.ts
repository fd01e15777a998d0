import { useEffect, useState } from 'react';
import { useSession } from '../session/session.tsx';
import { hideSetUp, isSetUpHidden } from './hidden-set-up.ts';
import { nextStep } from './steps.ts';
import { useProgress } from './use-progress.ts';

/** What the steps of the set-up take. */
export const SET_UP_RIGHTS = ['rooms.write', 'agents.write', 'members.write'] as const;

/** Whether the navigation has the way back to the set-up: for who may do all of it, and until it is done. */
export function useSetUpShown(): boolean {
  const { property, can } = useSession();
  const mayDoAll = SET_UP_RIGHTS.every(can);
  const [hidden, setHidden] = useState(() => isSetUpHidden(property.id));
  const isAsked = mayDoAll && !hidden;
  const { done } = useProgress(property.id, isAsked);
  const isOver = done !== null && nextStep(done) === null;
  useEffect(() => {
    // Nobody is asked again by this browser: a house that was set up stays so.
    if (isOver) hideSetUp(property.id);
    setHidden(isSetUpHidden(property.id));
  }, [isOver, property.id]);
  return isAsked && done !== null && !isOver;
}
