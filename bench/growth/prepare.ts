export async function prepare(_o: unknown, _s: unknown): Promise<number> {
  throw new Error('not yet');
}
