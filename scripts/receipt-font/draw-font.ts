/**
 * Draws resources/fonts/receipt-24.font.gz, the till's own receipt font, from Noto Sans CJK SC and DejaVu Sans as Debian
 * packs them (fonts-noto-cjk, fonts-dejavu-core): `node scripts/receipt-font/draw-font.ts`. docs/adr says why there is
 * one. The drawing is the till's own Electron's, so that no machine that prints needs a font.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { launchSpec } from "../electron-runtime.ts";
import { openScreen } from "../screen.ts";
import { charactersOf } from "./font-characters.ts";

const target = fileURLToPath(new URL("../../resources/fonts/receipt-24.font.gz", import.meta.url));
const noto = charactersOf("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
const dejavu = charactersOf("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");

/** Right-to-left scripts would come out in the wrong order, and marks without their base: neither is drawn. */
const isDrawn = (point: number): boolean =>
  /^(?![\p{M}\p{C}\p{Zl}\p{Zp}\p{Variation_Selector}])(?!\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Nko}).$/u.test(
    String.fromCodePoint(point),
  );
const points = [...new Set([...noto, ...dejavu])]
  .filter((point) => point >= 0x20 && isDrawn(point))
  .toSorted((a, b) => a - b);

const folder = mkdtempSync(join(tmpdir(), "tillway-font-"));
const screen = await openScreen();
try {
  const wanted = join(folder, "wanted.json");
  const drawn = join(folder, "drawn.bin");
  writeFileSync(wanted, JSON.stringify(points.map((point) => [point, noto.has(point) ? "noto" : "dejavu"])));
  const { executable, args, env } = launchSpec([wanted, drawn], {
    app: fileURLToPath(new URL("font-page.mjs", import.meta.url)),
    env: screen.env,
  });
  const [code]: unknown[] = await once(spawn(executable, args, { env, stdio: "inherit" }), "exit");
  if (code !== 0) throw new Error(`drawing the font ended with ${String(code)}`);
  const packed = gzipSync(Buffer.concat([header(points), readFileSync(drawn)]), { level: 9 });
  writeFileSync(target, packed);
  console.log(`${points.length} characters, ${packed.length} bytes`);
} finally {
  screen.close();
  rmSync(folder, { recursive: true, force: true });
}

/** How many runs of characters, then the first and the count of each: 32 bits, the low byte first. */
function header(characters: readonly number[]): Buffer {
  const runs: { first: number; count: number }[] = [];
  for (const point of characters) {
    const last = runs.at(-1);
    if (last !== undefined && last.first + last.count === point) last.count += 1;
    else runs.push({ first: point, count: 1 });
  }
  return Buffer.from(Uint32Array.from([runs.length, ...runs.flatMap(({ first, count }) => [first, count])]).buffer);
}
