export * from './disk.ts';
export * from './folder-disk.ts';
export * from './journal.ts';
export * from './journal-error.ts';
export { readJournal } from './recover-journal.ts';
