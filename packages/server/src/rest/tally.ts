/** Counts up to a limit how many of each name are there. Nobody is counted under null. */
export function createTally(most: number) {
  const there = new Map<string, number>();
  const count = (name: string) => there.get(name) ?? 0;
  return {
    isFull: (name: string | null) => name !== null && count(name) >= most,
    enter(name: string | null): () => void {
      if (name === null) return () => {};
      there.set(name, count(name) + 1);
      return () => {
        if (count(name) > 1) there.set(name, count(name) - 1);
        else there.delete(name);
      };
    },
  };
}
