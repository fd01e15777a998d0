import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { tellSessionChange } from '../session/session-news.ts';
import type { CreatedSession } from './created-session.ts';
import { FactorStep } from './factor-step.tsx';
import { LinkStep } from './link-step.tsx';
import { linkIn } from './one-time-link.ts';
import { PasswordStep } from './password-step.tsx';
import { wayBack } from './way-back.ts';

type Step =
  | { readonly step: 'password'; readonly note: 'over' | 'ended' | null }
  | { readonly step: 'link'; readonly link: string }
  | { readonly step: 'factor'; readonly session: CreatedSession };

/** The way in: by password, passkey or link, and where somebody has one, by their second factor. */
export function SignInPage() {
  const { back, ended } = useSearch({ from: '/sign-in' });
  const client = useQueryClient();
  const router = useRouter();
  const [step, setStep] = useState<Step>(() => {
    const link = linkIn(location.hash);
    return link === null ? { step: 'password', note: ended ? 'ended' : null } : { step: 'link', link };
  });
  const goOn = useCallback(
    (session: CreatedSession) => {
      if (session.state === 'half-open') return setStep({ step: 'factor', session });
      // What was known before was somebody else's.
      client.clear();
      tellSessionChange();
      router.history.push(wayBack(back));
    },
    [client, router, back],
  );
  const setUp = useQuery({ queryKey: ['set-up'], queryFn: () => keyrack.call('getSetUp') });
  // Nobody can sign in to an empty server: the page of the set-up says how to begin.
  if (setUp.data?.state === 'empty') return <Navigate to="/set-up" replace />;
  switch (step.step) {
    case 'link':
      return <LinkStep link={step.link} onOpened={goOn} onPassword={() => setStep({ step: 'password', note: null })} />;
    case 'factor':
      return (
        <FactorStep
          session={step.session}
          onOpened={goOn}
          onOver={() => setStep({ step: 'password', note: 'over' })}
          onAgain={() => setStep({ step: 'password', note: null })}
        />
      );
    case 'password':
      return <PasswordStep note={step.note} onOpened={goOn} />;
  }
}
