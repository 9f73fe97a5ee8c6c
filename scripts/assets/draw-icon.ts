/**
 * Draws resources/icons from icon.svg with the till's own Electron: icon.png (512 × 512), one PNG a size for Linux, icon.ico
 * for Windows and icon.icns for macOS: `node scripts/assets/draw-icon.ts`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchSpec } from "../electron-runtime.ts";
import { openScreen } from "../screen.ts";
import { icnsFile, icoFile, type IconPicture, iconSidesPx, linuxSidesPx } from "./icon-files.ts";

const icons = fileURLToPath(new URL("../../resources/icons/", import.meta.url));

const screen = await openScreen();
const folder = mkdtempSync(join(tmpdir(), "tillway-icon-"));
try {
  const { executable, args, env } = launchSpec([join(icons, "icon.svg"), folder, iconSidesPx.join(",")], {
    app: fileURLToPath(new URL("icon-page.mjs", import.meta.url)),
    env: screen.env,
  });
  const drawing = spawn(executable, args, { env, stdio: "inherit" });
  const [code]: unknown[] = await once(drawing, "exit");
  if (code !== 0) throw new Error(`drawing the icon ended with ${String(code)}`);
  keep(iconSidesPx.map((sidePx) => ({ sidePx, png: readFileSync(join(folder, `${sidePx}.png`)) })));
} finally {
  rmSync(folder, { recursive: true, force: true });
  screen.close();
}

function keep(drawn: readonly IconPicture[]): void {
  mkdirSync(join(icons, "linux"), { recursive: true });
  for (const { sidePx, png } of drawn) {
    if (sidePx === 512) writeFileSync(join(icons, "icon.png"), png);
    if (linuxSidesPx.some((one) => one === sidePx)) {
      writeFileSync(join(icons, "linux", `${sidePx}x${sidePx}.png`), png);
    }
  }
  writeFileSync(join(icons, "icon.ico"), icoFile(drawn));
  writeFileSync(join(icons, "icon.icns"), icnsFile(drawn));
}
