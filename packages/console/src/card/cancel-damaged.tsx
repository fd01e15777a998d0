import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeskKey } from '../desk/keys.ts';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { cardOf } from './card-of.ts';
import * as texts from './texts.ts';

/** Cancels the damaged card that lies there. Only one that this house damaged can be: of any other the encoder knows no key. */
export function CancelDamaged(props: { readonly serial: string | null; readonly onCancel: (serial: string) => void }) {
  const { serial, onCancel } = props;
  const t = useTexts(texts);
  const { property } = useSession();
  const { data } = useQuery({ ...cardOf(property.id, serial ?? ''), enabled: serial !== null });
  const known = data?.plastic === 'damaged' || data?.plastic === 'unknown' ? data.serial : null;
  useDeskKey('F4', 'part', known === null ? null : () => onCancel(known));
  if (known === null) return null;
  return (
    <Button color="bad" onClick={() => onCancel(known)} rightSection={<kbd>F4</kbd>}>
      {t('cancelDamaged', { serial: `…${known.slice(-4)}` })}
    </Button>
  );
}
