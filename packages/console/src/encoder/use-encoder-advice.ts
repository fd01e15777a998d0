import { useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { desksOf, type EncoderTroubleKind } from './encoder-state.ts';
import type { Encoder } from './encoders.ts';
import * as texts from './texts.ts';

/** What is wrong with an encoder, and what to do about it: a sentence each. */
export function useEncoderAdvice(): (
  encoder: Encoder,
  trouble: EncoderTroubleKind,
) => { readonly what: string; readonly advice: string } {
  const t = useTexts(texts);
  const { stop, comma } = useSigns();
  return (encoder, trouble) => ({
    what: `${t(trouble)}${stop}`,
    advice: t(`${trouble}Advice`, { desk: encoder.agent?.name ?? '', desks: desksOf(encoder).join(comma) }),
  });
}
