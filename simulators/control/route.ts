/**
 * One verb of the simulators' control interface: what the Device bench and the tests ask a twin to do.
 * Bodies and answers are JSON; a route throws `ControlError` for a request it refuses.
 */
export interface ControlRoute {
  readonly method: "GET" | "POST";
  /** Exact path, no parameters: `/scanner/scan`. */
  readonly path: string;
  /** `body` is the parsed JSON body, `{}` for GET. The route checks it itself. */
  readonly handle: (body: unknown) => Promise<unknown>;
}

/** A refused control request; answered with HTTP 400 and the message. */
export class ControlError extends Error {
  override readonly name = "ControlError";
}

/** Called by a twin whenever something a watcher would want to redraw has changed. */
export type Announce = (
  topic: "scanner" | "printer" | "drawer" | "scale" | "pole-display" | "wallet" | "gateway",
) => void;
