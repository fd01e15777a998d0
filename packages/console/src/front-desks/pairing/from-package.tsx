import { Button } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../icon/icon.tsx';
import { Copyable } from '../../page/copy-button.tsx';
import { OneOf } from '../../page/one-of.tsx';
import { useTexts } from '../../texts/texts.ts';
import type { System } from './own-system.ts';
import { linkTo, linuxLine, serverOf } from './package-line.ts';
import type { Offer } from './packages.ts';
import classes from './pairing.module.css';
import { ReadersOnLinux } from './readers-on-linux.tsx';
import * as texts from './texts.ts';
import { useOwnSystem } from './use-own-system.ts';

/** Names that are the same in every language. */
const LABELS: Readonly<Record<System, string>> = {
  'win-x64': 'Windows',
  'linux-x64': 'Linux',
  'linux-arm64': 'Linux ARM',
};
const ORDER: readonly System[] = ['win-x64', 'linux-x64', 'linux-arm64'];

interface Props {
  readonly offers: readonly Offer[];
  readonly command: string;
  /** Gets a package once, without signing in. */
  readonly link: string;
}

/** Gets the agent onto the computer from this server: that of this computer's system first. */
export function FromPackage({ offers, command, link }: Props) {
  const t = useTexts(texts);
  const own = useOwnSystem();
  const [chosen, setChosen] = useState<System | null>(null);
  const systems = ORDER.filter((each) => offers.some(({ system }) => system === each));
  const system = chosen ?? systems.find((each) => each === own) ?? systems[0];
  const offer = offers.find((each) => each.system === system);
  if (system === undefined || offer === undefined) return null;
  const isWindows = system === 'win-x64';
  return (
    <>
      <OneOf
        wide
        label={t('system')}
        value={system}
        choices={systems.map((value) => ({ value, label: LABELS[value] }))}
        onChange={setChosen}
      />
      {isWindows ? (
        <OnWindows offer={offer} command={command} link={link} />
      ) : (
        <OnLinux offer={offer} command={command} link={link} />
      )}
    </>
  );
}

interface OneProps {
  readonly offer: Offer;
  readonly command: string;
  readonly link: string;
}

function OnWindows({ offer, command, link }: OneProps) {
  const t = useTexts(texts);
  const elsewhere = linkTo(offer, command, link);
  const server = serverOf(command);
  return (
    <ol className={classes.steps}>
      <li>
        <Download offer={offer} filled />
        {elsewhere !== null && (
          <details>
            <summary>{t('package.elsewhere')}</summary>
            <Copyable text={elsewhere} what={t('package.copyLink')} />
          </details>
        )}
      </li>
      <li>
        <p>{t('package.unpack')}</p>
      </li>
      <li>
        <p>{t('package.install')}</p>
        {server !== null && <Copyable text={server} what={t('package.copyServer')} />}
      </li>
    </ol>
  );
}

function OnLinux({ offer, command, link }: OneProps) {
  const t = useTexts(texts);
  const line = linuxLine(offer, command, link);
  return (
    <>
      {line !== null && (
        <>
          <p>{t('package.line')}</p>
          <Copyable text={line} what={t('copyCommand')} />
          <p className={classes.aside}>{t('noReader')}</p>
        </>
      )}
      <ReadersOnLinux />
      <Download offer={offer} filled={line === null} />
    </>
  );
}

function Download({ offer, filled }: { readonly offer: Offer; readonly filled: boolean }) {
  const t = useTexts(texts);
  const { name, version, system, bytes, sha256, path } = offer;
  return (
    <div className={classes.download}>
      <Button
        component="a"
        href={path}
        download={name}
        variant={filled ? 'filled' : 'default'}
        leftSection={<Icon name="download" />}
      >
        {t('package.download', { system: LABELS[system] })}
      </Button>
      <p className={classes.aside}>{t('package.size', { version, size: (bytes / 1_000_000).toFixed(1) })}</p>
      <details>
        <summary>{t('package.checksum')}</summary>
        <Copyable text={`${sha256}  ${name}`} what={t('package.copyChecksum')} />
      </details>
    </div>
  );
}
