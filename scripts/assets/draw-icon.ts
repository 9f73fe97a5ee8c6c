/** Draws resources/icons/icon.png (512 × 512) from icon.svg with the till's own Electron: `node scripts/assets/draw-icon.ts`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { launchSpec } from "../electron-runtime.ts";
import { openScreen } from "../screen.ts";

const icons = new URL("../../resources/icons/", import.meta.url);

const screen = await openScreen();
try {
  const { executable, args, env } = launchSpec(
    [fileURLToPath(new URL("icon.svg", icons)), fileURLToPath(new URL("icon.png", icons))],
    { app: fileURLToPath(new URL("icon-page.mjs", import.meta.url)), env: screen.env },
  );
  const drawing = spawn(executable, args, { env, stdio: "inherit" });
  const [code]: unknown[] = await once(drawing, "exit");
  if (code !== 0) throw new Error(`drawing the icon ended with ${String(code)}`);
} finally {
  screen.close();
}
