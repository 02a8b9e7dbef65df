import { defineConfig } from 'vite';

/** The page: relative URLs, so that it works behind a path prefix, and nothing inline, as its security policy demands. */
export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 300,
  },
});
