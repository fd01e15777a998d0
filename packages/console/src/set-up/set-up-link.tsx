import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Icon } from '../icon/icon.tsx';
import { useSession } from '../session/session.tsx';
import * as shellTexts from '../shell/texts.ts';
import { useTexts } from '../texts/texts.ts';
import { hideSetUp, isSetUpHidden } from './hidden-set-up.ts';
import { nextStep } from './steps.ts';
import { useProgress } from './use-progress.ts';

/** The way back to the set-up, for who may do all of it, and until it is done. */
export function SetUpLink() {
  const t = useTexts(shellTexts);
  const { property, can } = useSession();
  const mayDoAll = ['rooms.write', 'agents.write', 'members.write'].every(can);
  const [hidden, setHidden] = useState(() => isSetUpHidden(property.id));
  const isAsked = mayDoAll && !hidden;
  const { done } = useProgress(property.id, isAsked);
  const isOver = done !== null && nextStep(done) === null;
  useEffect(() => {
    // Nobody is asked again by this browser: a house that was set up stays so.
    if (isOver) hideSetUp(property.id);
    setHidden(isSetUpHidden(property.id));
  }, [isOver, property.id]);
  if (!isAsked || done === null || isOver) return null;
  return (
    <ul>
      <li>
        <Link to="/set-up" title={t('setUp')}>
          <Icon name="flag" />
          <span>{t('setUp')}</span>
        </Link>
      </li>
    </ul>
  );
}
