import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export type KeeperAsk =
  | { readonly kind: "open" | "open-careless"; readonly path: string }
  | { readonly kind: "begin" | "close" }
  | { readonly kind: "sell"; readonly saleId: string; readonly lineCount?: number }
  | { readonly kind: "sold"; readonly saleId: string };

export type KeeperAnswer =
  | { readonly kind: "done" }
  | { readonly kind: "sold"; readonly saleNumber: string | null }
  | { readonly kind: "refused"; readonly by: string; readonly code: string; readonly brokenTold: number };

/** Keeps sales in a process of its own, which may have a bad disk. */
export class Keeper {
  readonly #child: ChildProcess;

  constructor(env: Readonly<Record<string, string>>) {
    this.#child = fork(join(import.meta.dirname, "keeper.ts"), [], { env: { ...process.env, ...env } });
  }

  async ask(ask: KeeperAsk): Promise<KeeperAnswer> {
    const answered = once(this.#child, "message");
    this.#child.send(ask);
    const [answer] = (await answered) as [KeeperAnswer];
    return answer;
  }

  /** SIGKILL: nothing is closed in order. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }
}
