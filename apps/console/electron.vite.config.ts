/** The desktop app: main process (ESM), sandboxed preload (CommonJS, everything inlined), renderer. */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const folder = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      outDir: join(folder, 'out/main'),
      // Bundled, so that the packaged app carries no node_modules.
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: join(folder, 'src/main/index.ts'),
          desk: join(folder, 'src/main/count/desk.worker.ts'),
          roll: join(folder, 'src/main/roll/roll.worker.ts'),
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      outDir: join(folder, 'out/preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: join(folder, 'src/preload/index.ts'),
        // Sandboxed preloads are no modules.
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: join(folder, 'src/renderer'),
    plugins: [react()],
    build: {
      outDir: join(folder, 'out/renderer'),
      assetsInlineLimit: 0,
      minify: true,
      rollupOptions: { input: join(folder, 'src/renderer/index.html') },
    },
  },
});
