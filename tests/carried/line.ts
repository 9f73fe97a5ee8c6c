import { fail, ok } from "#core/result.ts";
import type { AskRaw } from "#main/sync/signed-wire.ts";
import type { Asked, HeadOffice } from "./head-office.ts";

/** What becomes of a message between two parties. */
export const ways = ["arrives", "lost", "unheard", "twice"] as const;
export type Way = (typeof ways)[number];

/** The till's line to head office. What it loses may arrive later all the same. */
export class Line {
  /** Of what is asked from now on. */
  way: Way = "arrives";
  readonly #office: () => HeadOffice;
  #strays: Asked[] = [];

  constructor(office: () => HeadOffice) {
    this.#office = office;
  }

  get hasStrays(): boolean {
    return this.#strays.length > 0;
  }

  readonly ask: AskRaw = async ({ method, target, headers, body }) => {
    // As HTTP has it: a request without a body has none, not an empty one.
    const asked: Asked = { method, url: target, headers, ...(body.length === 0 ? {} : { body: Buffer.from(body) }) };
    if (this.way === "lost") {
      if (method === "POST") this.#strays.push(asked);
      return fail({ kind: "timeout", detail: "lost" });
    }
    const answer = await this.#office().ask(asked);
    if (this.way === "twice") await this.#office().ask(asked);
    return this.way === "unheard" ? fail({ kind: "network", detail: "ECONNRESET" }) : ok(answer);
  };

  /** The oldest request that was given up by the till, and not by the network, arrives; nobody waits for the answer. */
  async strayArrives(): Promise<void> {
    const [stray] = this.#strays.splice(0, 1);
    if (stray !== undefined) await this.#office().ask(stray);
  }
}
