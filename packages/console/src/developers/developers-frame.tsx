import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../page/page.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './developers.module.css';
import * as texts from './texts.ts';

/** The parts of the place, each at an address and with code of its own. */
const PARTS = [
  { to: '/developers', name: 'accounts' },
  { to: '/developers/keys', name: 'keys' },
  { to: '/developers/webhooks', name: 'webhooks' },
  { to: '/developers/workbench', name: 'workbench' },
] as const;

export function DevelopersFrame({ children }: { readonly children: ReactNode }) {
  const t = useTexts(texts);
  return (
    <Page title={t('title')} about={t('about')}>
      <nav className={classes.parts} aria-label={t('parts')}>
        {PARTS.map(({ to, name }) => (
          <Link key={to} to={to} activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>
            {t(name)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
