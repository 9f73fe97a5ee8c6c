/** Writes resources/sounds/*.wav: `node scripts/assets/make-sounds.ts`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { soundFiles } from "./sounds.ts";

const folder = new URL("../../resources/sounds/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const { name, bytes } of soundFiles()) writeFileSync(new URL(name, folder), bytes);
