import { useState } from 'react';
import { Copyable } from '../../page/copy-button.tsx';
import { OneOf } from '../../page/one-of.tsx';
import { useTexts } from '../../texts/texts.ts';
import { isOfCheckout } from './desk-command.ts';
import classes from './pairing.module.css';
import { ReadersOnLinux } from './readers-on-linux.tsx';
import * as texts from './texts.ts';

/** What is installed once in a checkout: nothing more on Windows. */
const INSTALL = 'npm ci';

/** For a server that has no packages to give, as one that runs from its sources. */
export function WithoutPackages({ command }: { readonly command: string }) {
  const t = useTexts(texts);
  const [system, setSystem] = useState<'windows' | 'linux'>('windows');
  const place = isOfCheckout(command) ? 'checkout' : 'package';
  return (
    <>
      <p className={classes.aside}>{t(`without.${place}.about`)}</p>
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
      {place === 'checkout' && (
        <>
          <p>{t('first')}</p>
          <Copyable text={INSTALL} what={t('copyFirst')} />
        </>
      )}
      {system === 'linux' && <ReadersOnLinux />}
      <p>{t(`without.${place}.${system}`)}</p>
      <Copyable text={command} what={t('copyCommand')} />
      <p className={classes.aside}>{t('noReader')}</p>
    </>
  );
}
