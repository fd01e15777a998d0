import { useQuery } from '@tanstack/react-query';
import { Failure } from '../../page/failure.tsx';
import { useSession } from '../../session/session.tsx';
import { Note } from '../../state/note.tsx';
import { useTexts } from '../../texts/texts.ts';
import { isForThisComputer, isPlainOverNetwork } from './desk-command.ts';
import { FromPackage } from './from-package.tsx';
import { packagesOf } from './packages.ts';
import classes from './pairing.module.css';
import * as texts from './texts.ts';
import { WithoutPackages } from './without-packages.tsx';

/** What to do at the computer: from the server's packages, or where it has none, as that server was installed. */
export function HowTo({ command, link }: { readonly command: string; readonly link: string | null }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { data: offers, error, refetch } = useQuery(packagesOf(property.id));
  return (
    <div className={classes.howTo}>
      {error !== null && <Failure error={error} onAgain={() => void refetch()} />}
      {offers !== undefined &&
        (offers.length > 0 && link !== null ? (
          <FromPackage offers={offers} command={command} link={link} />
        ) : (
          <WithoutPackages command={command} />
        ))}
      {isForThisComputer(command) && <Note meaning="accent">{t('thisComputer')}</Note>}
      {isPlainOverNetwork(command) && <Note meaning="warn">{t('plain')}</Note>}
    </div>
  );
}
