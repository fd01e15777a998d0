import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite` (development alone) finds the server. */
const SERVER = 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    // The size of what the desk loads is measured by a test, compressed.
    chunkSizeWarningLimit: 2_000,
    // The policy of the page allows no data addresses but for pictures, and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome120', 'firefox121', 'safari17'],
  },
  worker: { format: 'es' },
  server: { proxy: { '/v1': SERVER, '/roomCard': SERVER } },
});
