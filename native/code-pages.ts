import { createRequire } from "node:module";
import type Iconv from "iconv-lite";

const load = createRequire(import.meta.url);
let loaded: typeof Iconv | null = null;

/** iconv-lite and its tables, loaded with the first text that needs them: scanners wait for this process at every start. */
export function codePages(): typeof Iconv {
  // The package's own types.
  loaded ??= load("iconv-lite") as typeof Iconv;
  return loaded;
}
