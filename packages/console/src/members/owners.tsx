import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { Panel } from '../page/page.tsx';
import { invitationLink } from '../person/invitation-link.ts';
import { useSession } from '../session/session.tsx';
import { Chip } from '../state/chip.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { Contact } from './contact.tsx';
import { LinkOnce } from './link-once.tsx';
import { type Person, usePersons } from './member-queries.ts';
import classes from './members.module.css';
import * as texts from './texts.ts';

/** For owners: the persons of the installation, and who owns it with them. */
export function Owners() {
  const t = useTexts(texts);
  const persons = usePersons(true);
  const invite = useMutation({ mutationFn: () => keyrack.call('inviteOwner', {}) });
  return (
    <Panel
      title={t('persons')}
      end={
        <Button size="xs" loading={invite.isPending} onClick={() => invite.mutate()}>
          {t('inviteOwner')}
        </Button>
      }
    >
      <div className={classes.stack}>
        <p className={classes.small}>{t('personsAbout')}</p>
        {invite.data && (
          <LinkOnce
            kind="owner"
            link={invite.data.token && invitationLink(invite.data.token)}
            expiresAt={invite.data.expiresAt}
          />
        )}
        {invite.error && <Failure error={invite.error} />}
        {persons.error && <Failure error={persons.error} onAgain={() => void persons.refetch()} />}
        {!persons.data && !persons.error && <Bones rows={3} />}
        <ul className={classes.persons}>
          {persons.data?.map((person) => (
            <PersonRow key={person.id} person={person} owners={persons.data.filter(({ owner }) => owner).length} />
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function PersonRow({ person, owners }: { readonly person: Person; readonly owners: number }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { me } = useSession();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'ownership' | 'factors' | null>(null);
  const act = useMutation({
    mutationFn: (what: 'ownership' | 'factors') =>
      what === 'ownership'
        ? keyrack.persons.removeOwner({ person: person.id })
        : keyrack.persons.removeFactors({ person: person.id }),
    async onSuccess() {
      setAsking(null);
      await client.invalidateQueries({ queryKey: ['persons'] });
    },
  });
  const isYou = me.person?.id === person.id;
  return (
    <li>
      <div className={classes.person}>
        <span className={classes.names}>
          <b>
            <bdi>{person.name}</bdi>
          </b>
          {isYou && <span className={classes.muted}> {t('you')}</span>}{' '}
          {person.owner && (
            <Chip meaning="accent" icon="key">
              {t('owner')}
            </Chip>
          )}
          <span className={classes.small}>
            <Contact member={person} /> · {t('since', { day: times.day(person.createdAt) })}
          </span>
        </span>
        {!isYou && (
          <span className={classes.acts}>
            <Button size="xs" variant="subtle" onClick={() => setAsking('factors')}>
              {t('removeFactors')}
            </Button>
            {person.owner && owners > 1 && (
              <Button size="xs" variant="subtle" color="bad" onClick={() => setAsking('ownership')}>
                {t('endOwnership')}
              </Button>
            )}
          </span>
        )}
      </div>
      {act.error && <Failure error={act.error} />}
      {act.isSuccess && asking === null && (
        <Note meaning="good" live="status">
          {t('done')}
        </Note>
      )}
      {asking !== null && (
        <Note meaning="warn">
          <p>{t(asking === 'factors' ? 'removeFactorsMeans' : 'endOwnershipMeans')}</p>
          <div className={classes.acts}>
            <Button size="xs" autoFocus onClick={() => setAsking(null)}>
              {t('cancel')}
            </Button>
            <Button size="xs" color="bad" loading={act.isPending} onClick={() => act.mutate(asking)}>
              {t(asking === 'factors' ? 'removeFactors' : 'endOwnership')}
            </Button>
          </div>
        </Note>
      )}
    </li>
  );
}
