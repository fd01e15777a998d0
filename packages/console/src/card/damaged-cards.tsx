import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

/** More than these lie about in no house; the rest is under Operations. */
const TOLD = 4;

/**
 * The cards that are known to be damaged, to cancel the one that lies there. A damaged card tells no content, so the desk says
 * which one it is; the encoder takes no other.
 */
export function DamagedCards({ onCancel }: { readonly onCancel: (serial: string) => void }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { data } = useQuery({
    queryKey: ['cards', property.id, 'damaged'],
    queryFn: () => keyrack.cards.list({ property: property.id, plastic: 'damaged', limit: TOLD }),
  });
  return (data?.data ?? []).map(({ serial }) => (
    <Button key={serial} color="bad" onClick={() => onCancel(serial)}>
      {t('cancelDamaged', { serial: `…${serial.slice(-4)}` })}
    </Button>
  ));
}
