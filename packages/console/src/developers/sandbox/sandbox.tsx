import type { components } from '@keyrack/sdk';
import { Button, Menu } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keyrack } from '../../api/keyrack.ts';
import { type Encoder, encodersOf } from '../../encoder/encoders.ts';
import { Icon } from '../../icon/icon.tsx';
import { useLiveNews } from '../../live/live.tsx';
import { Failure } from '../../page/failure.tsx';
import { Hidden, Panel } from '../../page/page.tsx';
import { useSession } from '../../session/session.tsx';
import { Note } from '../../state/note.tsx';
import { isolated } from '../../texts/isolated.ts';
import { useTexts } from '../../texts/texts.ts';
import classes from './sandbox.module.css';
import * as texts from './texts.ts';
import { FAILURE_GROUPS } from './texts.ts';

type Failing = components['schemas']['SandboxFailure'];

const CHIPS = ['classic-1k', 'ultralight-ev1', 'ntag-213', 'ntag-215', 'ntag-216'] as const;
/** Cards that the menu lists; a box may hold a thousand. */
const LISTED = 12;
const OUTAGES = [5, 20, 60];

/** The simulated encoders of the property, with the hands of a desk. Nothing where there are none. */
export function Sandbox() {
  const t = useTexts(texts);
  const { can, property } = useSession();
  const client = useQueryClient();
  const { data: encoders = [] } = useQuery({ ...encodersOf(property.id), select: (all) => all.filter(isShown) });
  // What was made to fail is over once an operation has met it.
  useLiveNews((news) => {
    if ('operations' in news) void client.invalidateQueries({ queryKey: ['encoders', property.id, 'sandbox'] });
  });
  if (encoders.length === 0 || !can('encoders.read')) return null;
  return (
    <div className={classes.sandbox}>
      <Panel title={t('title')} end={<span className={classes.about}>{t('about')}</span>}>
        <ul className={classes.encoders}>
          {encoders.map((encoder) => (
            <SimulatedEncoder key={encoder.id} encoder={encoder} />
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function isShown({ simulated, presence }: Encoder): boolean {
  return simulated && (presence === 'connected' || presence === 'desk-away');
}

function SimulatedEncoder({ encoder }: { readonly encoder: Encoder }) {
  const t = useTexts(texts);
  const { can, property } = useSession();
  const client = useQueryClient();
  const at = { property: property.id, encoder: String(encoder.id) };
  const key = ['encoders', property.id, 'sandbox', encoder.id];
  const isThere = encoder.presence === 'connected';
  const { data: state, error } = useQuery({
    queryKey: key,
    enabled: isThere,
    queryFn: () => keyrack.call('getSandbox', at),
  });
  const acting = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSettled: () => client.invalidateQueries({ queryKey: key.slice(0, 3) }),
  });
  const card = state?.card ?? null;
  const name = isolated(encoder.name);
  return (
    <li className={classes.encoder} data-simulated={encoder.id}>
      <div className={classes.head}>
        <i className={classes.plastic} data-lies={card !== null} aria-hidden="true" />
        <div className={classes.grow}>
          <b>
            <bdi>{encoder.name}</bdi>
          </b>{' '}
          <span className={classes.mono}>{encoder.mac}</span>
          <p className={classes.small} role="status">
            {!isThere ? t('away') : card === null ? t('empty') : t('lies', { serial: card.serial, chip: card.chip })}
          </p>
        </div>
        {isThere && can('sandbox.write') && (
          <div className={classes.buttons}>
            {card !== null && (
              <Button size="xs" onClick={() => acting.mutate(() => keyrack.call('removeSandboxCard', at))}>
                {t('takeAway')}
                <Hidden> {name}</Hidden>
              </Button>
            )}
            <LayDown
              encoder={encoder}
              lying={card?.serial ?? null}
              onLay={(serial) => acting.mutate(() => keyrack.call('putSandboxCard', { ...at, serial }))}
              onNew={(chip) =>
                acting.mutate(async () => {
                  const made = await keyrack.call('createSandboxCard', { ...at, chip });
                  return keyrack.call('putSandboxCard', { ...at, serial: made.serial });
                })
              }
            />
            <MakeFail
              name={name}
              failing={state?.failure ?? null}
              onFail={(cause) => acting.mutate(() => keyrack.call('setSandboxFailure', { ...at, cause }))}
              onRight={() => acting.mutate(() => keyrack.call('removeSandboxFailure', at))}
              onOutage={(seconds) => acting.mutate(() => keyrack.call('setSandboxOutage', { ...at, seconds }))}
            />
          </div>
        )}
      </div>
      {state?.failure && <Note meaning="warn">{t('fails', { what: t(`failures.${state.failure}`) })}</Note>}
      {error !== null && isThere && <Failure error={error} />}
      {acting.error !== null && <Failure error={acting.error} />}
    </li>
  );
}

function LayDown(props: {
  readonly encoder: Encoder;
  readonly lying: string | null;
  onLay(serial: string): void;
  onNew(chip: (typeof CHIPS)[number]): void;
}) {
  const t = useTexts(texts);
  const { encoder, lying } = props;
  const { property } = useSession();
  const { data } = useQuery({
    queryKey: ['encoders', property.id, 'sandbox', 'cards', encoder.id],
    queryFn: () => keyrack.call('getSandboxCards', { property: property.id, encoder: String(encoder.id) }),
  });
  const others = (data?.cards ?? []).filter(({ serial }) => serial !== lying);
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button size="xs" rightSection={<Icon name="down" size={14} />}>
          {t('layDown')}
          <Hidden> {isolated(encoder.name)}</Hidden>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {lying !== null && <Menu.Item onClick={() => props.onLay(lying)}>{t('again')}</Menu.Item>}
        {others.length > 0 && <Menu.Label>{t('drawer')}</Menu.Label>}
        {others.slice(0, LISTED).map(({ serial, chip }) => (
          <Menu.Item key={serial} onClick={() => props.onLay(serial)}>
            <span className={classes.mono}>{serial}</span> <span className={classes.small}>{chip}</span>
          </Menu.Item>
        ))}
        {others.length > LISTED && <Menu.Label>{t('more', { count: others.length - LISTED })}</Menu.Label>}
        <Menu.Label>{t('newCard')}</Menu.Label>
        {CHIPS.map((chip) => (
          <Menu.Item key={chip} onClick={() => props.onNew(chip)}>
            {chip}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function MakeFail(props: {
  readonly name: string;
  readonly failing: Failing | null;
  onFail(cause: Failing): void;
  onRight(): void;
  onOutage(seconds: number): void;
}) {
  const t = useTexts(texts);
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button size="xs" rightSection={<Icon name="down" size={14} />}>
          {t('fail')}
          <Hidden> {props.name}</Hidden>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {props.failing !== null && <Menu.Item onClick={props.onRight}>{t('makeRight')}</Menu.Item>}
        {FAILURE_GROUPS.map(({ name, failures }) => (
          <div key={name} role="none">
            <Menu.Label>{t(name)}</Menu.Label>
            {failures.map((cause) => (
              <Menu.Item key={cause} onClick={() => props.onFail(cause)}>
                {t(`failures.${cause}`)}
              </Menu.Item>
            ))}
          </div>
        ))}
        <Menu.Label>{t('outage')}</Menu.Label>
        {OUTAGES.map((seconds) => (
          <Menu.Item key={seconds} onClick={() => props.onOutage(seconds)}>
            {t('outageFor', { seconds: String(seconds) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
