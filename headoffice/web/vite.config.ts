import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Builds head office's page into out/headoffice/web, from where headoffice/page/page-routes.ts serves it. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL("../../out/headoffice/web", import.meta.url)),
    emptyOutDir: true,
    target: "es2023",
    // The content security policy allows no inline data; small files must stay files.
    assetsInlineLimit: 0,
    // Mantine's styles and components are one page's worth; splitting them would only add round trips.
    chunkSizeWarningLimit: 1_500,
  },
});
