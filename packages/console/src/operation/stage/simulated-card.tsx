import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { keyrack } from '../../api/keyrack.ts';
import { Failure } from '../../page/failure.tsx';
import { useSession } from '../../session/session.tsx';
import { useTexts } from '../../texts/texts.ts';
import classes from './stage.module.css';
import type { Followed } from './step.ts';
import * as texts from './texts.ts';

const CHIP = 'ntag-215';

/** Lays a blank card on a simulated encoder that waits for one: no hand can. Only for those who may drive the sandbox. */
export function SimulatedCard({ followed }: { readonly followed: Followed }) {
  const t = useTexts(texts);
  const { can, property } = useSession();
  const { encoder, operation } = followed;
  const lay = useMutation({
    mutationFn: async (id: number) => {
      const at = { property: property.id, encoder: String(id) };
      const { serial } = await keyrack.call('createSandboxCard', { ...at, chip: CHIP });
      await keyrack.call('putSandboxCard', { ...at, serial });
    },
  });
  if (encoder === null || !encoder.simulated || operation.kind !== 'issue' || !can('sandbox.write')) return null;
  return (
    <div className={classes.simulated}>
      <p>{t('simulated')}</p>
      <Button size="xs" loading={lay.isPending} onClick={() => lay.mutate(encoder.id)}>
        {t('laySimulated')}
      </Button>
      {lay.error && <Failure error={lay.error} />}
    </div>
  );
}
