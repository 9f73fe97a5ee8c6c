import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { projectRoot, resolveElectron } from "#scripts/electron-runtime.ts";

/**
 * Takes pictures of the customer display, the Device bench and the manager's pages with made-up answers (the bench talks
 * to real twins), each in both languages and at the sizes shops have. Pictures land in test-results/preview-side.
 * Usage: node tests/preview-side/run.ts [part of a picture's name], under a screen (`xvfb-run -a` gives one).
 */
const built = join(projectRoot, "out/preview-side");
const pictures = join(projectRoot, "test-results/preview-side");
const here = join(projectRoot, "tests/preview-side");

await buildPages();
await buildPreloads();
await buildMain();
mkdirSync(pictures, { recursive: true });
process.exitCode = await runElectron();

function buildPages(): Promise<unknown> {
  return build({
    configFile: false,
    logLevel: "warn",
    root: projectRoot,
    plugins: [react()],
    build: {
      outDir: join(built, "pages"),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      rollupOptions: {
        input: {
          display: join(projectRoot, "renderer/display.html"),
          bench: join(projectRoot, "renderer/bench.html"),
          manager: join(here, "manager.html"),
        },
      },
    },
  });
}

async function buildPreloads(): Promise<void> {
  for (const name of ["till", "display", "bench"]) {
    await build({
      configFile: false,
      logLevel: "warn",
      root: projectRoot,
      build: {
        outDir: join(built, "preload"),
        emptyOutDir: false,
        ssr: join(projectRoot, `preload/${name}.ts`),
        rollupOptions: { external: ["electron"], output: { format: "cjs", entryFileNames: `${name}.cjs` } },
      },
      ssr: { noExternal: true },
    });
  }
}

function buildMain(): Promise<unknown> {
  return build({
    configFile: false,
    logLevel: "warn",
    root: projectRoot,
    build: {
      outDir: join(built, "main"),
      emptyOutDir: true,
      ssr: join(here, "main.ts"),
      rollupOptions: { external: ["electron"], output: { format: "es", entryFileNames: "main.mjs" } },
    },
    ssr: { external: true },
  });
}

function runElectron(): Promise<number> {
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const args = [...asRoot, "--disable-gpu", "--force-device-scale-factor=1", join(built, "main/main.mjs")];
  const electron = spawn(resolveElectron().executable, args, {
    stdio: ["ignore", "inherit", "ignore"], // its standard error is D-Bus complaining
    env: {
      ...process.env,
      PREVIEW_BUILT: built,
      PREVIEW_PICTURES: pictures,
      PREVIEW_ONLY: process.argv[2] ?? "",
      PREVIEW_SIMULATORS: join(projectRoot, "simulators/main.ts"),
      PREVIEW_AXE: join(projectRoot, "node_modules/axe-core/axe.min.js"),
      PREVIEW_NODE: process.execPath,
    },
  });
  return new Promise((resolve) => electron.once("exit", (code) => resolve(code ?? 1)));
}
