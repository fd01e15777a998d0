export * from './show-page.ts';
