export type { Refusal, Welcome, WorkMessage } from './handshake.ts';
export * from './link-limits.ts';
export * from './proxy.ts';
export * from './server-address.ts';
export type { AgentSide, ServerConnection } from './server-connection.ts';
export * from './server-link.ts';
export * from './transport.ts';
export * from './web-socket-transport.ts';
