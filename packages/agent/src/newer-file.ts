import { z } from 'zod';

/** Whether a file says that it is in a later format than this one: its content can't be judged, and it stays as it is. */
export function isOfNewer(json: unknown, format: number): boolean {
  return z.object({ version: z.int().min(format + 1) }).safeParse(json).success;
}

/** What is said of such a file of a front desk's folder. */
export const newerFileText = (file: string) => `${file} was written by a newer version of the agent; update this one.`;
