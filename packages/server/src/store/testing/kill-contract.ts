import { describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import type { ContractTransactions } from './contract-transactions.ts';

/** A store that can be killed in the middle of its work. */
export interface KillableStore {
  /**
   * Runs `countBoth` on `turns` and `twins`, several callers at once and again and again, and kills the store's process
   * once a number of at least `until` was reported as committed. Resolves with the highest one that was.
   */
  countUntilKilled(until: number): Promise<number>;
  /** Opens what is left. */
  open(): Promise<Store<ContractTransactions>>;
}

/** What every durable engine must do when its process is killed. `place` gives an empty store. */
export function describeKillContract(engine: string, place: () => Promise<KillableStore>): void {
  describe(`${engine}: what every durable store does when it is killed`, () => {
    it('has every commit that it reported, and each whole', async () => {
      const killable = await place();
      let reported = 0;
      for (let kill = 1; kill <= 3; kill += 1) {
        reported = await killable.countUntilKilled(reported + 300);
        const store = await killable.open();
        const [found] = await store.run('script', [{ do: 'find', table: 'facts', index: 'key', prefix: [] }]);
        await store.close();
        const [turns, twins] = (found as { value: string }[]).map(({ value }) => Number(value));
        expect(turns).toBeGreaterThanOrEqual(reported);
        expect(twins).toBe(turns);
      }
    });
  });
}
