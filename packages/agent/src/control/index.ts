export * from './client.ts';
export * from './endpoint.ts';
export * from './messages.ts';
