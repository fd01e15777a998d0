/** What a desk is examined for, in this order. */
export type Check = 'folder' | 'identity' | 'journal' | 'disk' | 'server' | 'clock' | 'pcsc' | 'readers' | 'instance';

/** What was found of one thing, in words; `todo` is what a person should do about it, null where all is well. */
export interface Finding {
  readonly check: Check;
  readonly found: string;
  readonly todo: string | null;
}
