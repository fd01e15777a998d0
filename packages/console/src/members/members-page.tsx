import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { Icon } from '../icon/icon.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { OneOf } from '../page/one-of.tsx';
import { Empty, Page, Panel } from '../page/page.tsx';
import { WorkPanel } from '../page/work-panel.tsx';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { useMinute } from '../time/use-minute.ts';
import { AddMember } from './add-member.tsx';
import { MemberList } from './member-list.tsx';
import { MemberPanel } from './member-panel.tsx';
import { type Member, membersOf, ROLES, type Role } from './member-queries.ts';
import { countShown, filterMembers, SHOWN, type Shown } from './member-rows.ts';
import classes from './members.module.css';
import { Owners } from './owners.tsx';
import * as texts from './texts.ts';
import { useMemberChange } from './use-member-change.ts';

const NONE: readonly Member[] = [];

/** Who works here, what each may do, and who may issue cards. */
export function MembersPage() {
  const t = useTexts(texts);
  const session = useSession();
  const { property, can } = session;
  const now = useMinute();
  const found = useQuery(membersOf(property.id));
  const changing = useMemberChange(property.id);
  const [shown, setShown] = useState<Shown>('active');
  const [search, setSearch] = useState('');
  const [role, setRole] = useState<Role | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const members = found.data ?? NONE;
  const counts = useMemo(() => countShown(members, now), [members, now]);
  const rows = useMemo(() => filterMembers(members, { shown, search, role }, now), [members, shown, search, role, now]);
  const member = members.find(({ id }) => id === chosen) ?? null;
  const canWrite = can('members.write');
  const opener = useRef<HTMLElement | null>(null);
  const giveBack = () => opener.current?.focus();
  const stopAdding = () => {
    setAdding(false);
    giveBack();
  };
  const leaveMember = () => {
    setChosen(null);
    giveBack();
  };

  return (
    <Page
      title={t('title')}
      about={found.data && t('about', { people: counts.active, issuing: counts.issuing })}
      actions={
        canWrite && (
          <Button
            variant="filled"
            leftSection={<Icon name="plus" />}
            onClick={({ currentTarget }) => {
              opener.current = currentTarget;
              setAdding(true);
            }}
          >
            {t('add')}
          </Button>
        )
      }
    >
      <div className={classes.stack}>
        {adding && (
          <WorkPanel title={t('add')} onClose={stopAdding}>
            <AddMember areaCode={usualAreaCode(members)} onClose={stopAdding} />
          </WorkPanel>
        )}
        <div className={classes.columns} data-with={member !== null}>
          <Panel flush label={t('title')}>
            <div className={classes.toolbar}>
              <OneOf
                label={t('which')}
                value={shown}
                choices={SHOWN.map((value) => ({ value, label: t(`shown.${value}`, { count: counts[value] }) }))}
                onChange={setShown}
              />
              <TextInput
                className={classes.search}
                type="search"
                aria-label={t('search')}
                placeholder={t('search')}
                leftSection={<Icon name="search" />}
                value={search}
                onChange={({ currentTarget }) => setSearch(currentTarget.value)}
                autoComplete="off"
                spellCheck={false}
              />
              <NativeSelect
                aria-label={t('columns.role')}
                value={role ?? ''}
                onChange={({ currentTarget }) => setRole((currentTarget.value || null) as Role | null)}
                data={[
                  { value: '', label: t('allRoles') },
                  ...ROLES.map((each) => ({ value: each, label: t(`roles.${each}`) })),
                ]}
              />
            </div>
            {found.error && <Failure error={found.error} onAgain={() => void found.refetch()} />}
            {!found.data && !found.error && <Bones rows={6} />}
            {found.data && rows.length === 0 && (
              <Empty title={t(members.length === 0 ? 'nobody' : 'nobodyFound')}>
                {members.length > 0 && (
                  <Button
                    onClick={() => {
                      setShown('active');
                      setSearch('');
                      setRole(null);
                    }}
                  >
                    {t('showAll')}
                  </Button>
                )}
              </Empty>
            )}
            {rows.length > 0 && (
              <MemberList
                members={rows}
                chosen={chosen}
                effects={changing.effects}
                giver={session}
                canWrite={canWrite}
                onChoose={({ id }) => {
                  opener.current = document.activeElement as HTMLElement | null;
                  setChosen(chosen === id ? null : id);
                  requestAnimationFrame(() => panel.current?.focus());
                }}
                onTurn={(each, on) => void changing.change(each, { issuingPermission: on })}
              />
            )}
          </Panel>
          {member !== null && (
            // biome-ignore lint/a11y/noStaticElementInteractions: Esc works from anywhere within.
            <div
              ref={panel}
              tabIndex={-1}
              className={classes.side}
              onKeyDown={({ key, defaultPrevented }) => key === 'Escape' && !defaultPrevented && leaveMember()}
            >
              <MemberPanel
                key={member.id}
                member={member}
                members={members}
                effect={changing.effects.get(member.id) ?? null}
                onChange={(changes) => void changing.change(member, changes)}
                onChanged={changing.put}
                onClose={leaveMember}
              />
            </div>
          )}
        </div>
        {can('installation.owner') && <Owners />}
      </div>
    </Page>
  );
}

/** The country code that most members have. */
function usualAreaCode(members: readonly Member[]): string {
  const counts = new Map<string, number>();
  for (const { areaCode } of members) if (areaCode !== null) counts.set(areaCode, (counts.get(areaCode) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '';
}
