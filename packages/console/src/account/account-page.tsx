import { Columns, Page } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { isolated } from '../texts/isolated.ts';
import { useTexts } from '../texts/texts.ts';
import classes from './account.module.css';
import { Factors } from './factors.tsx';
import { OwnName } from './own-name.tsx';
import { OwnPassword } from './own-password.tsx';
import { Sessions } from './sessions.tsx';
import * as texts from './texts.ts';

/** How one signs in, and where one is signed in. */
export function AccountPage() {
  const t = useTexts(texts);
  const { me } = useSession();
  const { person } = me;
  const login = person?.email ?? (person?.mobile ? `+${person.areaCode} ${person.mobile}` : null);
  return (
    <Page
      title={t('title')}
      about={
        <>
          <bdi>{me.name}</bdi>
          {login !== null && <> · {t('signedInAs', { login: isolated(login) })}</>}
        </>
      }
    >
      <Columns>
        <div className={classes.stack}>
          {person === null && (
            <Note meaning="calm">
              <p>{t('ofMember')}</p>
              <p>{t('ofMemberAdvice')}</p>
            </Note>
          )}
          <OwnName />
          {person !== null && <Factors login={login ?? person.name} />}
          <OwnPassword />
        </div>
        <Sessions />
      </Columns>
    </Page>
  );
}
