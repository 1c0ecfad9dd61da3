/** The renderer as a page of the server, below /console/. `electron.vite.config.ts` builds the desktop app. */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['ELEKTO_SERVER'] ?? 'http://localhost:3000';

export default defineConfig({
  root: join(import.meta.dirname, 'src/renderer'),
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    // Data URLs would need an exception in the page's Content-Security-Policy.
    assetsInlineLimit: 0,
    target: 'es2023',
    chunkSizeWarningLimit: 900,
  },
  server: {
    port: 5174,
    proxy: Object.fromEntries(
      // The server takes changes from its own pages only; in front of it, this one counts as one.
      ['/trpc', '/auth', '/oauth'].map((path) => [
        path,
        { target: server, headers: { origin: new URL(server).origin } },
      ]),
    ),
  },
});
