export * from './list-readers.ts';
export { openPcsc, PcscMissing } from './native/reader-process.ts';
export * from './pcsc-desk.ts';
export type { PcscPort } from './pcsc-port.ts';
export * from './reader-settings.ts';
export { explainService } from './why-no-service.ts';
