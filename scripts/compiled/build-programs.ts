import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { projectRoot, resolveElectron } from "../electron-runtime.ts";

/**
 * The two programs a start waits for, each as one file that is read whole and has its code beside it; and what starts
 * them. Bundled with them are packages of many small files, of which each would be looked for and read by itself.
 */
const programs = { app: "main/app.ts", "device-host": "native/host.ts" };
const starters = { "start-app": "main/boot/start-app.ts", "start-device-host": "main/boot/start-device-host.ts" };
const bundled = new Set(["zod", "serialport"]);
/** Finds its binary by where its own files lie. */
const besidesItsBinary = "@serialport/bindings-cpp";

const folder = join(projectRoot, "out/main");
const makeCode = fileURLToPath(new URL("make-code.mjs", import.meta.url));

/** Into out/main, which is there already. The code is made by the Electron that will run it, or it is refused. */
export async function buildPrograms(): Promise<void> {
  for (const [name, input] of Object.entries({ ...programs, ...starters })) await bundle(name, input);
  const paths = Object.keys(programs).map((name) => join(folder, `${name}.cjs`));
  for (const path of paths) writeFileSync(path, asFunction(readFileSync(path, "utf8")));
  execFileSync(resolveElectron().executable, [makeCode, ...paths], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: ["ignore", "inherit", "inherit"],
  });
}

async function bundle(name: string, input: string): Promise<void> {
  await build({
    ...{ configFile: false, root: projectRoot, logLevel: "warn", publicDir: false },
    ssr: { noExternal: true },
    build: {
      ...{ ssr: true, outDir: folder, emptyOutDir: false, target: "node24", sourcemap: true, minify: false },
      rollupOptions: {
        input: { [name]: input },
        external: [/^node:/, "electron", besidesItsBinary, ...packagesBeside()],
        output: { format: "cjs", entryFileNames: "[name].cjs", chunkFileNames: "parts/[name]-[hash].cjs" },
      },
    },
  });
}

function packagesBeside(): readonly RegExp[] {
  // npm's own file.
  const { dependencies } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const names = Object.keys(dependencies).filter((name) => !bundled.has(name));
  return names.map((name) => new RegExp(`^${name}(?:/|$)`));
}

/** One function, as Node makes one of a CommonJS file; in ASCII, of which V8 reads a byte for each character. */
function asFunction(source: string): string {
  // A unit of UTF-16 each: texts, patterns and templates read the same. Nothing here asks for a template's raw text.
  const ascii = source.replaceAll(/[^\0-\u007f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `(function (exports, require, module, __filename, __dirname) {${ascii}\n})\n`;
}
