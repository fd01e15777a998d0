export * from './agent-key.ts';
export * from './identity-file.ts';
export * from './pair.ts';
