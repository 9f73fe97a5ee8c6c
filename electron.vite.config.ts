import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

/**
 * Builds the till into out/: the processes main starts (ESM), preload (CJS, because sandboxed preloads cannot be ESM) and
 * renderer. Main itself and the device host, which every start waits for, are built by scripts/compiled/build-programs.ts.
 * Imports such as `#core/…` are package.json `imports`; Vite resolves them as Node does, so no alias stands here.
 */
export default defineConfig({
  main: {
    build: {
      outDir: "out/main",
      target: "node24",
      sourcemap: true,
      // Dependencies stay in node_modules, as the native ones must; but zod's package loads its words in forty languages,
      // which the bundler leaves out: 60 ms of every start.
      externalizeDeps: { exclude: ["zod"] },
      rollupOptions: {
        input: {
          worker: "main/worker/entry.ts",
          // With the thread that reads its pages.
          "catalog-writer": "main/catalog-writer/entry.ts",
          "page-reader": "main/catalog-writer/page-reader.ts",
          simulators: "simulators/main.ts",
          // Of the demo store, with the threads that read price lists and uploads; a company runs it from its sources.
          headoffice: "headoffice/main.ts",
          "read-worker": "headoffice/import/read-worker.ts",
          "upload-reader": "headoffice/journal/upload-reader.ts",
        },
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "parts/[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: "out/preload",
      target: "node24",
      sourcemap: true,
      // A sandboxed preload may require electron only: whatever else it imports is bundled into each of them.
      externalizeDeps: false,
      isolatedEntries: true,
      rollupOptions: {
        input: {
          till: "preload/till.ts",
          display: "preload/display.ts",
          bench: "preload/bench.ts",
          phone: "preload/phone.ts",
        },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: "renderer",
    plugins: [react()],
    build: {
      outDir: "out/renderer",
      target: "chrome142",
      sourcemap: true,
      // The content security policy allows no inline data except images; small fonts must stay files.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: { till: "renderer/index.html", display: "renderer/display.html", bench: "renderer/bench.html" },
      },
    },
  },
});
