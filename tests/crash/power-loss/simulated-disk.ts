import { assert } from "#core/result.ts";
import type { DiskOp } from "./disk-op.ts";
import { type DataOp, FileImage } from "./file-image.ts";
import { pick, type Random } from "#tests/support/random.ts";

/**
 * What of the unsynced work reached the platter: nothing; everything; any part, in any order; only its beginning; its
 * beginning and some 512-byte sectors of the next write.
 */
export const powerLossKinds = ["none", "all", "subset", "prefix", "torn"] as const;
export type PowerLossKind = (typeof powerLossKinds)[number];

type NameOp = Extract<DiskOp, { kind: "create" | "remove" | "rename" }>;

interface PendingOp {
  readonly inode: number;
  readonly op: DataOp;
}

/** A disk may write a sector whole and the next not at all; SQLite's page is eight of them. */
const sectorSize = 512;

/**
 * A disk that keeps only what was synced: data of a file by fsync of that file, names by fsync of the directory. Stricter
 * than common file systems, which keep some more; what survives here survives there.
 */
export class SimulatedDisk {
  /** Contents by file object; names point to them, so that a name lost does not mix two files up. */
  readonly #synced = new Map<number, FileImage>();
  #unsynced: PendingOp[] = [];
  #syncedNames = new Map<string, number>();
  readonly #names = new Map<string, number>();
  #unsyncedNames: NameOp[] = [];
  #nextInode = 1;
  readonly #inodeOfCreate = new Map<NameOp, number>();

  apply(op: DiskOp): void {
    switch (op.kind) {
      case "create":
        this.#inodeOfCreate.set(op, this.#nextInode);
        this.#synced.set(this.#nextInode, new FileImage());
        this.#nextInode += 1;
        this.#unsyncedNames.push(op);
        this.#applyName(this.#names, op);
        break;
      case "remove":
      case "rename":
        this.#unsyncedNames.push(op);
        this.#applyName(this.#names, op);
        break;
      case "write":
      case "truncate":
        this.#unsynced.push({ inode: this.#inodeOf(op.file), op });
        break;
      case "sync":
        this.#sync(this.#inodeOf(op.file));
        break;
      case "sync-names":
        this.#syncedNames = new Map(this.#names);
        this.#unsyncedNames = [];
        break;
      case "sync-folder": {
        const end = 1 + this.#unsyncedNames.findLastIndex((name) => isIn(name, op.folder));
        for (const name of this.#unsyncedNames.splice(0, end)) this.#applyName(this.#syncedNames, name);
        break;
      }
      case "acknowledged":
      case "told":
        break;
    }
  }

  /** The files as they may be found after the power went now. */
  afterPowerLoss(kind: PowerLossKind, random: Random): ReadonlyMap<string, Buffer> {
    const survivors = this.#survivors(kind, random);
    const touched = new Set(survivors.map(({ inode }) => inode));
    const contents = new Map(
      [...this.#synced].map(([inode, file]) => [inode, touched.has(inode) ? file.copy() : file]),
    );
    for (const { inode, op } of survivors) contents.get(inode)?.apply(op);
    const names = new Map(this.#syncedNames);
    // Names are journaled in order by every file system in use: a beginning of them survives.
    const keptNames =
      kind === "none" ? 0 : kind === "all" ? this.#unsyncedNames.length : pick(random, this.#unsyncedNames.length + 1);
    for (const op of this.#unsyncedNames.slice(0, keptNames)) this.#applyName(names, op);
    return new Map([...names].map(([name, inode]) => [name, contents.get(inode)?.contents() ?? Buffer.alloc(0)]));
  }

  #survivors(kind: PowerLossKind, random: Random): readonly PendingOp[] {
    const pending = this.#unsynced;
    if (kind === "none") return [];
    if (kind === "all") return pending;
    if (kind === "subset") return pending.filter(() => random() < 0.5);
    const kept = pick(random, pending.length + 1);
    const next = pending[kept];
    const beginning = pending.slice(0, kept);
    if (kind === "prefix" || next === undefined || next.op.kind !== "write") return beginning;
    return [...beginning, ...tear(next.op, random).map((op) => ({ inode: next.inode, op }))];
  }

  #sync(inode: number): void {
    for (const pending of this.#unsynced) if (pending.inode === inode) this.#synced.get(inode)?.apply(pending.op);
    this.#unsynced = this.#unsynced.filter((pending) => pending.inode !== inode);
  }

  #inodeOf(file: string): number {
    const inode = this.#names.get(file);
    assert(inode !== undefined, `${file} was created first`);
    return inode;
  }

  #applyName(names: Map<string, number>, op: NameOp): void {
    if (op.kind === "create") {
      names.set(op.file, this.#inodeOfCreate.get(op) ?? 0);
      return;
    }
    const from = op.kind === "remove" ? op.file : op.from;
    const inode = names.get(from);
    names.delete(from);
    if (op.kind === "rename" && inode !== undefined) names.set(op.to, inode);
  }
}

function isIn(op: NameOp, folder: string): boolean {
  const files = op.kind === "rename" ? [op.from, op.to] : [op.file];
  return files.some((file) => file.slice(0, Math.max(file.lastIndexOf("/"), 0)) === folder);
}

/** The sectors of one write that made it. */
function tear(op: Extract<DataOp, { kind: "write" }>, random: Random): readonly DataOp[] {
  const parts: DataOp[] = [];
  for (let start = 0; start < op.bytes.length;) {
    const sectorEnd = (Math.floor((op.offset + start) / sectorSize) + 1) * sectorSize;
    const end = Math.min(op.bytes.length, sectorEnd - op.offset);
    if (random() < 0.5) parts.push({ ...op, offset: op.offset + start, bytes: op.bytes.subarray(start, end) });
    start = end;
  }
  return parts;
}
