import { getCurrentFuseWire } from "@electron/fuses";

export type FuseState = "on" | "off" | "removed" | "unknown";
export type FuseName = keyof typeof wantedFuses;

/**
 * What the packed program's fuses have to be, in the order of Electron's wire. Stated here a second time on purpose: a slip in
 * electron-builder.yml is seen by whoever wrote the other. Source: build/fuses/fuses.json5 of Electron.
 */
export const wantedFuses = {
  runAsNode: "off",
  enableCookieEncryption: "on",
  enableNodeOptionsEnvironmentVariable: "off",
  enableNodeCliInspectArguments: "off",
  enableEmbeddedAsarIntegrityValidation: "on",
  onlyLoadAppFromAsar: "on",
  loadBrowserProcessSpecificV8Snapshot: "off",
  grantFileProtocolExtraPrivileges: "off",
  // Of Electron 42 and later. On as delivered: a trap of WebAssembly is caught by the processor and not by slower code.
  wasmTrapHandlers: "on",
} as const satisfies Readonly<Record<string, FuseState>>;

// Object.keys keeps the order in which they were written; its type is the wider one.
export const fuseNames = Object.keys(wantedFuses) as readonly FuseName[];

const states: Readonly<Record<number, FuseState>> = { 0x31: "on", 0x30: "off", 0x72: "removed" };

/** The wire of a program, in its order; as long as the program's Electron made it. Throws where the file has none. */
export async function readFuses(executable: string): Promise<readonly FuseState[]> {
  // Its type names the fuses of its own time; the wire may be longer, and each place is a number then.
  const wire = (await getCurrentFuseWire(executable)) as unknown as Readonly<Record<string, number>>;
  const places = Object.keys(wire).filter((key) => /^\d+$/.test(key));
  return places.toSorted((a, b) => Number(a) - Number(b)).map((place) => states[wire[place] ?? 0] ?? "unknown");
}

export type JudgedFuses = {
  readonly ok: boolean;
  readonly states: Readonly<Record<string, FuseState>>;
  /** Those that are not what they have to be, and those that nobody has stated. */
  readonly wrong: readonly string[];
};

/** A fuse that Electron has added since is wrong until somebody states it. */
export function judgeFuses(wire: readonly FuseState[]): JudgedFuses {
  const named = wire.map((state, place) => [fuseNames[place] ?? `fuse ${place}`, state] as const);
  const stated: Readonly<Record<string, FuseState>> = wantedFuses;
  const wrong = named.filter(([name, state]) => stated[name] !== state).map(([name]) => name);
  // An Electron before 42 has no ninth; every other has to be there.
  const missing = fuseNames.slice(wire.length).filter((name) => name !== "wasmTrapHandlers");
  return { ok: wrong.length + missing.length === 0, states: Object.fromEntries(named), wrong: [...wrong, ...missing] };
}
