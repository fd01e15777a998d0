export * from './page-server.ts';
