export * from './card-error.ts';
export * from './encoder.ts';
export * from './layout/content-layout.ts';
export type { FoundContent, LikelyKey } from './layout/found-content.ts';
export * from './pcsc/index.ts';
export { reasonOfFailure } from './reason-of-failure.ts';
export * from './simulated/card-box.ts';
export * from './simulated/card-inspection.ts';
export {
  factoryCard,
  type SimulatedCard,
  TEAR_MODES,
  type Tear,
  type TearMode,
} from './simulated/card-memory.ts';
export * from './simulated/control.ts';
export * from './simulated/control-client.ts';
export { CONTROL_FILE } from './simulated/control-messages.ts';
export * from './simulated/disk-card-box.ts';
export * from './simulated/doors.ts';
export * from './simulated/prepared-card.ts';
export { type EncoderTiming, NO_TIME, REALISTIC_TIMING } from './simulated/simulated-connection.ts';
export * from './simulated/simulated-desk.ts';
export * from './simulated/simulated-encoder.ts';
