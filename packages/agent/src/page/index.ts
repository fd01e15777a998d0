export * from './page-limits.ts';
export * from './show-page.ts';
