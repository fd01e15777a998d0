export * from './list-readers.ts';
export { openPcsc, PcscMissing } from './native/reader-process.ts';
export type { PcscPort } from './pcsc-port.ts';
export * from './pcsc-reader-set.ts';
export * from './reader-settings.ts';
export { formatTrace } from './trace/trace-format.ts';
export { traceReader } from './trace/trace-reader.ts';
export { whyNoReader } from './why-no-reader.ts';
export { type ExplainedTrouble, explainService, type ServiceTrouble } from './why-no-service.ts';
