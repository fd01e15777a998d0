export * from './desk-agent.ts';
export * from './desk-limits.ts';
export type { AskedAt, DeskSandbox, SandboxHands } from './desk-sandbox.ts';
export type { DeskEncoderState, DeskState, Notice } from './desk-state.ts';
export type { CardToCheck, EncoderState, RecentOperation, RecentOutcome } from './encoder-state.ts';
export * from './judge-grant.ts';
export type { Credentials, SignInResult } from './sign-in.ts';
export { startDeskAgent } from './start-desk-agent.ts';
