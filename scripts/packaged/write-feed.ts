import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { PackagedApp } from "./packaged-app.ts";

/** A feed of one version, as electron-builder's generic provider is read: the archive, and `latest-linux.yml` that names it. */
export async function writeFeed(app: PackagedApp, version: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const name = `tillway-${version}-linux-${process.arch}.tar.gz`;
  const file = join(folder, name);
  // gzip's quickest: the file crosses a loopback in the proof, and a real one is packed once.
  const made = spawnSync("tar", ["-C", app.dir, "--owner=0", "--group=0", "-I", "gzip -1", "-cf", file, "."]);
  if (made.status !== 0) throw new Error(`tar: ${made.stderr?.toString() ?? made.error?.message ?? ""}`);
  const sha512 = await sha512Of(file);
  const lines = [
    `version: ${version}`,
    ...["files:", `  - url: ${name}`, `    sha512: ${sha512}`, `    size: ${statSync(file).size}`],
    ...[`path: ${name}`, `sha512: ${sha512}`, `releaseDate: '${new Date().toISOString()}'`],
  ];
  writeFileSync(join(folder, "latest-linux.yml"), `${lines.join("\n")}\n`);
}

async function sha512Of(file: string): Promise<string> {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return hash.digest("base64");
}
