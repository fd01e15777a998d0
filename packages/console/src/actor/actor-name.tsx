import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

/** Who did something: what they are called, or what kind they are. */
export interface NamedActor {
  readonly kind: string;
  readonly id: string | null;
  /** Null where they have gone, or never had a name. */
  readonly name: string | null;
}

export function ActorName({ actor }: { readonly actor: NamedActor }) {
  const nameOf = useActorName();
  return <bdi>{nameOf(actor)}</bdi>;
}

/** The same as a text. A kind that this console doesn't know is told as the server calls it. */
export function useActorName(): (actor: NamedActor) => string {
  const t = useTexts(texts);
  return ({ kind, id, name }) => {
    if (name !== null) return name;
    const word = isKnown(kind) ? t(`kinds.${kind}`) : kind;
    return id === null ? word : t('gone', { kind: word, end: `…${id.slice(-4)}` });
  };
}

function isKnown(kind: string): kind is keyof (typeof texts.english)['kinds'] {
  return Object.hasOwn(texts.english.kinds, kind);
}
