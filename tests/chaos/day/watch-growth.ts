import { statSync } from "node:fs";
import type { Killable } from "../killable.ts";
import type { MemoryTold } from "../memory-probe.ts";
import type { MemorySample } from "./judge-growth.ts";

export interface GrowthWatch {
  /** By the process's name; what a process says while it is away or starts is not missed. */
  readonly memory: ReadonlyMap<string, readonly MemorySample[]>;
  /** The largest a write-ahead log was, by its path. Bytes. */
  readonly wal: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

const betweenWalLooksMs = 100;

/** Asks processes what they hold, and looks at the files beside their databases, until it is stopped. */
export function watchGrowth(facts: {
  readonly processes: readonly Killable[];
  /** Databases whose write-ahead logs are looked at. */
  readonly databases: readonly string[];
  /** Of the day. */
  readonly share: () => number;
  /** Milliseconds of the machine; asking costs each of them a collection. */
  readonly betweenSamplesMs: number;
}): GrowthWatch {
  const memory = new Map<string, MemorySample[]>(facts.processes.map(({ name }) => [name, []]));
  const wal = new Map<string, number>();
  let asking: Promise<unknown> | null = null;

  function lookAtWal(): void {
    for (const database of facts.databases) {
      const size = statSync(`${database}-wal`, { throwIfNoEntry: false })?.size ?? 0;
      wal.set(database, Math.max(size, wal.get(database) ?? 0));
    }
  }

  async function askOne(process: Killable): Promise<void> {
    if (!process.isReady()) return;
    const told = await process.ask("memory");
    if (!isMemory(told)) return;
    const { rssBytes, heapBytes } = told;
    memory.get(process.name)?.push({ share: facts.share(), rssBytes, heapBytes });
  }

  const looking = setInterval(lookAtWal, betweenWalLooksMs);
  const sampling = setInterval(() => {
    // On a busy machine one round may last longer than the pause.
    asking ??= Promise.all(facts.processes.map(askOne)).finally(() => (asking = null));
  }, facts.betweenSamplesMs);
  return {
    ...{ memory, wal },
    async stop() {
      clearInterval(looking);
      clearInterval(sampling);
      lookAtWal();
      await asking;
    },
  };
}

/** The probe's own word: nothing else is sent on that channel. */
function isMemory(told: unknown): told is MemoryTold {
  return typeof told === "object" && told !== null && "kind" in told && told.kind === "memory";
}
