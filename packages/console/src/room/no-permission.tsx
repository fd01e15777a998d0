import { Empty } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './room.module.css';
import * as texts from './texts.ts';

/** Why somebody sees cards and makes none, and who can change that. Nothing for a role that never makes any. */
export function NoPermission() {
  const t = useTexts(texts);
  const { can, member } = useSession();
  if (!can('operations.write') && member !== null) return null;
  return (
    <div className={classes.section} role="status">
      <Empty title={t('noPermission')}>
        <p>{t(member === null ? 'noMember' : 'noPermissionWhy')}</p>
      </Empty>
    </div>
  );
}
