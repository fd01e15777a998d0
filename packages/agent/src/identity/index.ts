export * from './agent-key.ts';
export * from './identity-file.ts';
export * from './pair.ts';
export * from './private-file.ts';
