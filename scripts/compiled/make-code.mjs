import { readFileSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

// Run by Electron's own Node on each program of out/main: V8 takes code from the version that made it and no other.
// Writes what main/boot/run-compiled.ts reads.

for (const path of process.argv.slice(2)) {
  const source = readFileSync(path);
  // Everything, also what is first called long after the start: what is made at the first call cannot be kept here.
  setFlagsFromString("--no-lazy");
  const script = new Script(source.toString("latin1"), { filename: path });
  // Code carries its maker's switches and is refused under others.
  setFlagsFromString("--lazy");
  const code = script.createCachedData();
  const head = Buffer.alloc(8);
  head.writeUInt32LE(crc32(source), 0);
  head.writeUInt32LE(crc32(code), 4);
  writeFileSync(`${path}.compiled`, Buffer.concat([head, code]));
}
