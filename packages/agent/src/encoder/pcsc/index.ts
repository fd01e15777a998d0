export * from './list-readers.ts';
export * from './pcsc-desk.ts';
export { PcscMissing, pcscMini } from './pcsc-mini-port.ts';
export type { PcscPort } from './pcsc-port.ts';
export * from './reader-settings.ts';
