import { Button } from '@mantine/core';
import { Note } from '../state/note.tsx';
import { Sentences, useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useEncoder } from './chosen-encoder.ts';
import { encoderState, inOrderOfUse, isUsable } from './encoder-state.ts';
import * as texts from './texts.ts';

/** Why no card can be made at the encoder of this browser, and the one that could be used instead. Nothing where all is well. */
export function EncoderTrouble() {
  const t = useTexts(texts);
  const signs = useSigns();
  const { encoder, encoders, choose } = useEncoder();
  if (encoders === undefined || (encoder !== null && isUsable(encoder))) return null;
  const others = inOrderOfUse(encoders).filter((each) => isUsable(each) && each.id !== encoder?.id);
  return (
    <Note meaning="warn" live="status">
      {encoder === null ? (
        <p>
          <Sentences>
            <b>
              {t(encoders.length === 0 ? 'none' : 'choose')}
              {signs.stop}
            </b>
            {t(encoders.length === 0 ? 'noneWhy' : 'chooseWhy')}
          </Sentences>
        </p>
      ) : (
        <p>
          <Sentences>
            <b>
              <bdi>{encoder.name}</bdi>
              {signs.colon}
              {t(unusableKind(encoder))}
              {signs.stop}
            </b>
            {t(`${unusableKind(encoder)}Advice`, { desk: encoder.agent?.name ?? '' })}
          </Sentences>
        </p>
      )}
      {others.slice(0, 3).map((each) => (
        <Button key={each.id} size="xs" mt="sm" mr="sm" onClick={() => choose(each.id)}>
          {t('use', { name: each.name })}
        </Button>
      ))}
    </Note>
  );
}

function unusableKind(encoder: Parameters<typeof encoderState>[0]) {
  const { kind } = encoderState(encoder);
  return kind === 'ready' || kind === 'busy' ? 'away' : kind;
}
