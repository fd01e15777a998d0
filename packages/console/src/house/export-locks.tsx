import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { saveFile } from '../csv/save-file.ts';
import { Failure } from '../page/failure.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './house.module.css';
import type { Room } from './places.ts';
import * as texts from './texts.ts';

/** Where this browser keeps the public key of whoever programs locks: it is no secret. */
const KEPT = 'keyrack-programmer-key';

/** Exports of one go: each is a file, and a line of the audit log. */
const MOST = 50;

interface Sealed {
  readonly room: string | null;
  readonly file: string;
  readonly text: string;
}

/** What locks are programmed with, sealed so that whoever programs them alone can open it. */
export function ExportLocks({ rooms }: { readonly rooms: readonly Room[] }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const [recipient, setRecipient] = useState(() => localStorage.getItem(KEPT) ?? '');
  const [made, setMade] = useState<readonly Sealed[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const isKey = /^[\w-]{43}$/.test(recipient.trim());
  const exportAll = async (which: readonly (Room | null)[]) => {
    setBusy(true);
    setError(null);
    setMade([]);
    const key = recipient.trim();
    try {
      for (const room of which) {
        const given = { property: property.id, room: room?.id ?? null, recipient: key };
        const { room: door, lockType, recipient: sealedFor, sealed } = await keyrack.lockExports.exportLock(given);
        // As `keyrack locks export` prints it, so that `keyrack locks open` opens it.
        const told = { door: door?.name ?? 'shared doors', lockType, recipient: sealedFor, sealed };
        const file = `${room === null ? 'shared' : `${room.building.number}-${room.floor.number}-${room.number}`}.json`;
        setMade((before) => [
          ...before,
          { room: room?.number ?? null, file, text: `${JSON.stringify(told, null, 2)}\n` },
        ]);
        localStorage.setItem(KEPT, key);
      }
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.stack}>
      <p className={classes.muted}>{t.rich('exportAbout', { code: (chunks) => <code>{chunks}</code> })}</p>
      <Textarea
        label={t('recipient')}
        value={recipient}
        onChange={({ currentTarget }) => setRecipient(currentTarget.value)}
        error={recipient.trim() !== '' && !isKey ? t('recipientFault') : null}
        rows={1}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
      />
      {rooms.length > MOST && <Note meaning="warn">{t('exportTooMany', { most: MOST })}</Note>}
      {rooms.length === 0 && <p className={classes.muted}>{t('exportNone')}</p>}
      {isKey && (
        <div className={classes.acts}>
          {rooms.length > 0 && rooms.length <= MOST && (
            <Button loading={busy} onClick={() => void exportAll(rooms)}>
              {t('exportRooms', { count: rooms.length })}
            </Button>
          )}
          <Button loading={busy} onClick={() => void exportAll([null])}>
            {t('exportShared')}
          </Button>
        </div>
      )}
      {error !== null && <Failure error={error} />}
      {made.length > 0 && (
        <>
          <p role="status">{t('exported', { count: made.length })}</p>
          <ul className={classes.files}>
            {made.map(({ room, file, text }) => (
              <li key={file}>
                <span>{room === null ? t('sharedDoors') : room}</span>
                <Button size="xs" onClick={() => saveFile(file, [text], 'application/json')}>
                  {t('save', { file })}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
