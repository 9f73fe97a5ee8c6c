import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Builds the till window alone, for looking at it. */
export default defineConfig({
  root: "renderer",
  plugins: [react()],
  build: {
    outDir: "../out/preview",
    emptyOutDir: true,
    target: "chrome142",
    assetsInlineLimit: 0,
    rollupOptions: { input: { till: "renderer/index.html" } },
  },
});
