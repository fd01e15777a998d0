import { Button } from '@mantine/core';
import { Note } from '../state/note.tsx';
import { Sentences, useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useEncoder } from './chosen-encoder.ts';
import { inOrderOfUse, isUsable, troubleOf } from './encoder-state.ts';
import * as texts from './texts.ts';
import { useEncoderAdvice } from './use-encoder-advice.ts';

/** Why no card can be made at the encoder of this browser, and the one that could be used instead. Nothing where all is well. */
export function EncoderTrouble() {
  const t = useTexts(texts);
  const signs = useSigns();
  const adviceFor = useEncoderAdvice();
  const { encoder, encoders, choose } = useEncoder();
  const trouble = encoder && troubleOf(encoder);
  if (encoders === undefined || (encoder !== null && trouble === null)) return null;
  const others = inOrderOfUse(encoders).filter((each) => isUsable(each) && each.id !== encoder?.id);
  const { what, advice } =
    encoder === null || trouble === null
      ? {
          what: `${t(encoders.length === 0 ? 'none' : 'choose')}${signs.stop}`,
          advice: t(encoders.length === 0 ? 'noneWhy' : 'chooseWhy'),
        }
      : adviceFor(encoder, trouble);
  return (
    <Note meaning="warn" live="status">
      <p>
        <Sentences>
          <b>
            {encoder && (
              <>
                <bdi>{encoder.name}</bdi>
                {signs.colon}
              </>
            )}
            {what}
          </b>
          <bdi>{advice}</bdi>
        </Sentences>
      </p>
      {others.slice(0, 3).map((each) => (
        <Button key={each.id} size="xs" mt="sm" mr="sm" onClick={() => choose(each.id)}>
          {t('use', { name: each.name })}
        </Button>
      ))}
    </Note>
  );
}
