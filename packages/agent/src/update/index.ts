export * from './judge-offer.ts';
export * from './program-folder.ts';
export * from './update-failure.ts';
export * from './update-record.ts';
