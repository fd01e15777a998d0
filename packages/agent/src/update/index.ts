export * from './judge-offer.ts';
export * from './prepare-update.ts';
export * from './program-folder.ts';
export * from './update-control.ts';
export * from './update-failure.ts';
export * from './update-record.ts';
export * from './updates.ts';
