import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";

/** One plug makes a handful of nodes and links. This is when it is quiet again. */
const SETTLE_MS = 150;
/** A machine whose devices never come to rest is still told of. */
const LONGEST_SETTLE_MS = 1_000;
const POLL_MS = 2_000;

/** What comes and goes in /dev with devices a till could use; terminals, disks and the like are not looked at. */
const isOurs = /^(?:tty(?:USB|ACM|S|AMA|XRUSB|O|mxc)\d+|rfcomm\d+|hidraw\d+|usb|input|lp\d+|event\d+)$/;
/** Folders of `/dev` that hold nodes of their own; they come with the first device and go with the last. */
const inner = ["usb", "input"];

/**
 * Calls back some 150 ms after something was plugged in or pulled. On Linux devtmpfs reports it by `fs.watch`, without
 * root and without polling (measured); elsewhere the caller looks again every 2 s.
 * @returns stops watching
 */
export function watchPlugs(onChange: () => void, dev: string | null = devFolder()): () => void {
  if (dev === null) {
    const timer = setInterval(onChange, POLL_MS);
    timer.unref();
    return () => clearInterval(timer);
  }
  return new PlugWatch(dev, onChange).start();
}

function devFolder(): string | null {
  return process.platform === "linux" ? "/dev" : null;
}

class PlugWatch {
  readonly #dev: string;
  readonly #onChange: () => void;
  readonly #watchers = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | null = null;
  #firstAtMs = 0;
  #isStopped = false;

  constructor(dev: string, onChange: () => void) {
    this.#dev = dev;
    this.#onChange = onChange;
  }

  start(): () => void {
    this.#watch(this.#dev);
    this.#watchInner();
    return () => {
      this.#isStopped = true;
      if (this.#timer !== null) clearTimeout(this.#timer);
      for (const watcher of this.#watchers.values()) watcher.close();
      this.#watchers.clear();
    };
  }

  #watchInner(): void {
    for (const folder of inner) this.#watch(join(this.#dev, folder));
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      // `change` is also every write by whoever uses a port: only names that come and go count.
      const watcher = watch(folder, { persistent: false }, (event, name) => {
        if (event === "rename" && name !== null && isOurs.test(name)) this.#noticed();
      });
      const forget = (): void => {
        watcher.close();
        if (this.#watchers.get(folder) === watcher) this.#watchers.delete(folder);
      };
      watcher.on("error", forget);
      this.#watchers.set(folder, watcher);
    } catch {
      // No such folder yet, or no watches left: the next change above it tries again.
    }
  }

  #noticed(): void {
    if (this.#isStopped) return;
    const now = Date.now();
    if (this.#timer === null) this.#firstAtMs = now;
    else clearTimeout(this.#timer);
    const leftMs = Math.max(0, this.#firstAtMs + LONGEST_SETTLE_MS - now);
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        // A folder that went and came back has another watch to be made.
        for (const folder of inner) this.#rewatch(join(this.#dev, folder));
        this.#onChange();
      },
      Math.min(SETTLE_MS, leftMs),
    );
    this.#timer.unref();
  }

  #rewatch(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
    this.#watch(folder);
  }
}
