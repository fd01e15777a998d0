/**
 * Does something with each of these, one after the other and again, for so long, and answers what each of them gave. Every
 * second turn goes the other way round, so that none always comes behind the same one. `until` tells where it may end.
 */
export async function inTurns<Of, Result>(
  all: readonly Of[],
  { seconds, until = () => true }: { readonly seconds: number; readonly until?: () => boolean },
  act: (of: Of) => Promise<Result>,
): Promise<Result[][]> {
  const results: Result[][] = all.map(() => []);
  const end = performance.now() + seconds * 1_000;
  const turn = [...all.entries()];
  do {
    for (const [place, each] of turn) results[place]?.push(await act(each));
    turn.reverse();
  } while (performance.now() < end || !until());
  return results;
}
