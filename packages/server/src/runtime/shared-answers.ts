/**
 * One answer for all who wait for the same one. Who asks while one is under way waits for the next, since that one may have been
 * read before what they know of; so a thousand who ask at once cost two.
 */
export function sharedAnswers<Answer>(ask: (of: string) => Promise<Answer>): (of: string) => Promise<Answer> {
  /** Of each that is asked for now: what those who come meanwhile wait for. */
  const underWay = new Map<string, { readonly ended: Promise<unknown>; next: Promise<Answer> | null }>();
  const begin = (of: string): Promise<Answer> => {
    const answer = ask(of);
    const turn = { ended: answer.catch(() => {}), next: null };
    underWay.set(of, turn);
    void turn.ended.then(() => {
      if (underWay.get(of) === turn && turn.next === null) underWay.delete(of);
    });
    return answer;
  };
  return (of) => {
    const turn = underWay.get(of);
    if (turn === undefined) return begin(of);
    turn.next ??= turn.ended.then(() => begin(of));
    return turn.next;
  };
}
