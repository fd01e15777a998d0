import { useState } from 'react';
import { Copyable } from '../../page/copy-button.tsx';
import { OneOf } from '../../page/one-of.tsx';
import { useTexts } from '../../texts/texts.ts';
import classes from './pairing.module.css';
import { ReadersOnLinux } from './readers-on-linux.tsx';
import * as texts from './texts.ts';

/** What is installed once: nothing more on Windows. */
const INSTALL = 'npm ci';

/** For a server that runs from its sources, and has no packages to give. */
export function FromCheckout({ command }: { readonly command: string }) {
  const t = useTexts(texts);
  const [system, setSystem] = useState<'windows' | 'linux'>('windows');
  return (
    <>
      <p className={classes.aside}>{t('noPackages')}</p>
      <OneOf
        wide
        label={t('system')}
        value={system}
        choices={[
          { value: 'windows', label: 'Windows' },
          { value: 'linux', label: 'Linux' },
        ]}
        onChange={setSystem}
      />
      <p>{t('first')}</p>
      <Copyable text={INSTALL} what={t('copyFirst')} />
      {system === 'linux' && <ReadersOnLinux />}
      <p>{t(system === 'windows' ? 'thenWindows' : 'thenLinux')}</p>
      <Copyable text={command} what={t('copyCommand')} />
      <p className={classes.aside}>{t('noReader')}</p>
    </>
  );
}
