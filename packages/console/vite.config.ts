import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where `vite` (development alone) finds the server. */
const SERVER = 'http://localhost:8080';

/** What `main.tsx` loads as it runs: the page names it, so that a browser loads it together with that. */
const START = '/src/app/start.tsx';

/** Names the scripts of `START` in the page. */
function preloadStart(): Plugin {
  return {
    name: 'preload-start',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
        const start = chunks.find(({ facadeModuleId }) => facadeModuleId?.replaceAll('\\', '/').endsWith(START));
        if (start === undefined) throw new Error(`the build has no ${START}`);
        const files = [start.fileName, ...start.imports].filter((file) => !html.includes(file));
        return files.map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
          injectTo: 'head',
        }));
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), preloadStart()],
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
