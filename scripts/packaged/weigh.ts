import type { ArchivedFile } from "./archive.ts";

/** What one part of a package weighs. */
export interface Weight {
  readonly part: string;
  readonly bytes: number;
}

/**
 * The most that all of ours may weigh together: what is in app.asar and beside it, without Electron. A till is updated over a
 * shop's line, often a phone's; a font, a film or a second copy of a library that slips in shows here.
 */
export const mostOwnBytes = 32 * 1024 * 1024;

/** The parts by weight, the heaviest first: a folder of ours, or a package of node_modules. */
export function weigh(files: readonly ArchivedFile[]): readonly Weight[] {
  const sums = new Map<string, number>();
  for (const { path, bytes } of files) sums.set(partOf(path), (sums.get(partOf(path)) ?? 0) + bytes);
  return [...sums]
    .map(([part, bytes]) => ({ part, bytes }))
    .toSorted((a, b) => b.bytes - a.bytes || a.part.localeCompare(b.part));
}

export function totalOf(weights: readonly Weight[]): number {
  return weights.reduce((sum, { bytes }) => sum + bytes, 0);
}

function partOf(path: string): string {
  const [first = "", second = "", third = ""] = path.split("/");
  if (first === "node_modules") return second.startsWith("@") ? `${second}/${third}` : second;
  return ["out", "resources"].includes(first) ? `${first}/${second}` : first;
}

/** Native modules for another system or processor: they cannot load here and only weigh. */
export function foreignNatives(
  files: readonly Pick<ArchivedFile, "path">[],
  { platform, arch }: { readonly platform: string; readonly arch: string },
): readonly string[] {
  const ours = [`${platform}-${arch}`, ...(platform === "darwin" ? ["darwin-x64+arm64", "darwin-universal"] : [])];
  const natives = files.map(({ path }) => path).filter((path) => path.endsWith(".node"));
  return natives.filter((path) => path.includes("musl") || !ours.some((place) => path.includes(place)));
}

/** The table for the console: the heaviest parts, the rest in one line, the sum. */
export function weightLines(weights: readonly Weight[], most = 16): readonly string[] {
  const rest = weights.slice(most);
  const shown = [
    ...weights.slice(0, most),
    ...(rest.length === 0 ? [] : [{ part: `${rest.length} more`, bytes: totalOf(rest) }]),
    { part: "all of ours", bytes: totalOf(weights) },
  ];
  return shown.map(({ part, bytes }) => `${inKilobytes(bytes).padStart(9)} kB  ${part}`);
}

function inKilobytes(bytes: number): string {
  return Math.round(bytes / 1024).toLocaleString("en");
}
