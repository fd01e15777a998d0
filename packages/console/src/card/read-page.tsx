import { Button } from '@mantine/core';
import { useCanGoBack, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useDeskKey } from '../desk/keys.ts';
import { useEncoder } from '../encoder/chosen-encoder.ts';
import { EncoderBar } from '../encoder/encoder-bar.tsx';
import { isUsable } from '../encoder/encoder-state.ts';
import { EncoderTrouble } from '../encoder/encoder-trouble.tsx';
import { useAsk } from '../operation/ask.ts';
import { useFollowed } from '../operation/stage/follow.ts';
import { MainButton } from '../operation/stage/main-button.tsx';
import { OperationStage } from '../operation/stage/operation-stage.tsx';
import { Failure } from '../page/failure.tsx';
import { Empty, Page } from '../page/page.tsx';
import { NoPermission } from '../room/no-permission.tsx';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { CancelDamaged } from './cancel-damaged.tsx';
import classes from './read-page.module.css';
import { ReadResult } from './read-result.tsx';
import * as texts from './texts.ts';

/** Whose is this card? It is read, compared, and cancelled here where that is wanted. */
export function ReadPage() {
  const t = useTexts(texts);
  const times = useTimes();
  const { property, mayIssue } = useSession();
  const { encoder } = useEncoder();
  const { operation: id, start } = useSearch({ from: '/signed-in/desk/read' });
  const navigate = useNavigate();
  const { ask, isAsking, error } = useAsk(
    id ?? null,
    (operation) => void navigate({ to: '/desk/read', search: { operation: operation.id }, replace: true }),
  );
  const { followed } = useFollowed(id ?? null);
  const operation = followed?.operation ?? null;
  const canAsk = mayIssue && encoder !== null && isUsable(encoder);
  const read = () => {
    if (canAsk) ask({ property: property.id, kind: 'read', encoder: encoder.id });
  };
  const isRead = operation?.kind === 'read' && operation.state === 'succeeded' && operation.reading !== null;
  const cancel =
    isRead && operation.reading?.card && operation.serial !== null && canAsk
      ? () => ask({ property: property.id, kind: 'cancel', encoder: encoder.id, serial: operation.serial ?? '' })
      : null;
  const isOpen = operation !== null && operation.endedAt === null && operation.state !== 'unknown';
  useDeskKey('F3', 'page', canAsk && !isOpen ? read : null);
  useDeskKey('F4', 'page', cancel);
  // Whoever came from a room goes back there.
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const leave = () => (canGoBack ? router.history.back() : void navigate({ to: '/desk' }));
  useDeskKey('Escape', 'page', leave);

  // Whoever pressed F3 at the desk wants to read now, once.
  const hasBegun = useRef(false);
  useEffect(() => {
    if (!start || !canAsk || hasBegun.current) return;
    hasBegun.current = true;
    ask({ property: property.id, kind: 'read', encoder: encoder.id });
  }, [start, canAsk, ask, property.id, encoder]);

  const about =
    isRead && operation.endedAt !== null
      ? t('readOn', {
          serial: operation.serial ?? '',
          encoder: operation.encoder.name ?? operation.encoder.mac,
          time: times.seconds(operation.endedAt),
        })
      : t('about');
  return (
    <Page
      title={t('title')}
      about={<bdi>{about}</bdi>}
      actions={
        isRead && canAsk ? (
          <Button onClick={read} rightSection={<kbd>F3</kbd>}>
            {t('again')}
          </Button>
        ) : null
      }
    >
      <div className={classes.bar}>
        <EncoderBar />
      </div>
      {error && !isAsking && <Failure error={error} />}
      {!mayIssue ? (
        <NoPermission />
      ) : id === undefined ? (
        <Empty title={t('begin')}>
          <p>{t('beginWhy')}</p>
          <EncoderTrouble />
          {canAsk && (
            <MainButton onPress={read} hotkey="F3">
              {t('read')}
            </MainButton>
          )}
        </Empty>
      ) : isRead && operation.reading !== null && operation.serial !== null ? (
        <ReadResult
          key={operation.id}
          serial={operation.serial}
          reading={operation.reading}
          operation={operation}
          onCancel={cancel}
        />
      ) : (
        <div className={classes.stage}>
          <OperationStage
            id={id}
            words={{
              done: () => ({ ask: t('cancelled'), why: t('cancelledWhy') }),
              buttons: (step) => (
                <>
                  {canAsk && step.kind === 'failed' && step.cause === 'card-garbled' && (
                    <CancelDamaged
                      serial={operation?.shownSerial ?? null}
                      onCancel={(serial) => ask({ property: property.id, kind: 'cancel', encoder: encoder.id, serial })}
                    />
                  )}
                  {canAsk && (
                    <MainButton onPress={read} hotkey="F3">
                      {t('again')}
                    </MainButton>
                  )}
                  <Button onClick={leave} rightSection={<kbd>Esc</kbd>}>
                    {t('back')}
                  </Button>
                </>
              ),
            }}
          />
        </div>
      )}
    </Page>
  );
}
