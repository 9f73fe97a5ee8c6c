import { z } from "zod";
import { signatureHeaders, type Signer } from "../delivery.ts";
import { signatureFaults } from "../signature-fault.ts";
import type { Notice } from "./notice.ts";

/** Body of `POST /gateway/notify`: where notices go, and how badly they get there. */
export const notifySettings = z.strictObject({
  /**
   * Stands in for every notify_url, which names a public host this simulator must never call. Loopback only; null ends
   * it. What happens while it is null is not told later.
   */
  url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname), "loopback only")
    .nullable(),
  /** Notices for other hosts are not told; all are when left out. */
  onlyHost: z.string().max(255).optional(),
  /** Sent this often although the shop said yes the first time. */
  copies: z.int().min(1).max(10).default(1),
  order: z.enum(["as-happened", "newest-first"]).default("as-happened"),
  /** By the simulator's clock; lets several pile up, so that `newest-first` has something to turn round. */
  delayMs: z
    .int()
    .min(0)
    .max(24 * 3_600_000)
    .default(0),
  signature: z.enum(signatureFaults).optional(),
  /** So many tries of each notice are lost on the way: the shop hears nothing of them, the gateway no answer. */
  losing: z.int().min(0).max(16).default(0),
  /** The notice is about one fen more than was paid, signed and sealed as it should be: the shop must compare. */
  foreignAmount: z.literal(true).optional(),
});
export type NotifySettings = z.output<typeof notifySettings>;

/** What `GET /gateway/notices` shows of one notice. */
export interface NoticeView {
  readonly id: string;
  readonly eventType: string;
  readonly outTradeNo: string;
  readonly outRefundNo: string | null;
  /** `waiting` for its first or next try; `told` when the shop answered 200 or 204; `given-up` after the last try. */
  readonly state: "waiting" | "told" | "given-up";
  /** The shop's HTTP status, or 0 when it gave none within five seconds. */
  readonly tries: readonly { readonly at: number; readonly status: number }[];
}

export interface Notifier {
  readonly settings: () => NotifySettings;
  readonly set: (settings: NotifySettings) => void;
  readonly add: (notice: Notice, atMs: number) => void;
  /** Sends what is due by the clock, one after another. */
  readonly advance: () => void;
  /** The newest 500, oldest first. */
  readonly list: () => readonly NoticeView[];
  readonly close: () => void;
}

interface Queued extends NoticeView {
  readonly body: string;
  readonly dueAtMs: number;
  readonly copiesLeft: number;
}

const [s, min, hour] = [1_000, 60_000, 3_600_000];
/** Waits after the first, second … failed try. Source: 4012791836. */
const ladderMs = [
  ...[15 * s, 15 * s, 30 * s, 3 * min, 10 * min, 20 * min, 30 * min, 30 * min, 30 * min],
  ...[hour, 3 * hour, 3 * hour, 3 * hour, 6 * hour, 6 * hour],
];
const answerWithinMs = 5_000;
const mostKept = 500;

export function createNotifier(options: {
  readonly now: () => number;
  readonly wireNow: () => number;
  readonly signer: () => Signer;
}): Notifier {
  let settings: NotifySettings = { url: null, copies: 1, order: "as-happened", delayMs: 0, losing: 0 };
  let queue: readonly Queued[] = [];
  const onTheirWay = new Set<string>();
  const closing = new AbortController();
  let lastSent: Promise<void> = Promise.resolve();

  function replace(changed: Queued): void {
    queue = queue.map((known) => (known.id === changed.id ? changed : known));
  }

  async function send(queued: Queued, url: string): Promise<void> {
    const isLost = queued.tries.length < settings.losing;
    const status = isLost
      ? 0
      : await post(url, queued.body, {
          signer: options.signer(),
          nowMs: options.wireNow(),
          params: settings.signature === undefined ? {} : { signature: settings.signature },
          stop: closing.signal,
        });
    if (closing.signal.aborted) return;
    replace(afterTry(queued, options.now(), status));
    onTheirWay.delete(queued.id);
  }

  return {
    settings: () => settings,
    set: (next) => {
      settings = next;
    },
    add({ body, notifyUrl, ...notice }, atMs) {
      const { onlyHost } = settings;
      if (settings.url === null || (onlyHost !== undefined && new URL(notifyUrl).host !== onlyHost)) return;
      const { copies: copiesLeft, delayMs } = settings;
      const queued: Queued = { ...notice, body, state: "waiting", tries: [], copiesLeft, dueAtMs: atMs + delayMs };
      queue = [...queue, queued].slice(-mostKept);
    },
    advance() {
      const { url, order } = settings;
      if (url === null) return;
      const nowMs = options.now();
      const due = queue.filter(
        ({ id, state, dueAtMs }) => state === "waiting" && dueAtMs <= nowMs && !onTheirWay.has(id),
      );
      for (const queued of order === "newest-first" ? due.toReversed() : due) {
        onTheirWay.add(queued.id);
        lastSent = lastSent.then(() => send(queued, url));
      }
    },
    list: () => queue.map(viewOf),
    close: () => closing.abort(),
  };
}

function afterTry(queued: Queued, nowMs: number, status: number): Queued {
  const tries = [...queued.tries, { at: nowMs, status }];
  if (status === 200 || status === 204) {
    const copiesLeft = queued.copiesLeft - 1;
    return { ...queued, tries, copiesLeft, dueAtMs: nowMs, state: copiesLeft > 0 ? "waiting" : "told" };
  }
  const wait = ladderMs[tries.length - 1];
  if (wait === undefined) return { ...queued, tries, state: "given-up" };
  return { ...queued, tries, dueAtMs: nowMs + wait };
}

/** The HTTP status, or 0 for none in time. */
async function post(
  url: string,
  body: string,
  by: Parameters<typeof signatureHeaders>[1] & { readonly stop: AbortSignal },
): Promise<number> {
  const headers = Object.fromEntries(signatureHeaders(Buffer.from(body), by));
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json; charset=utf-8" },
      body,
      redirect: "manual",
      signal: AbortSignal.any([by.stop, AbortSignal.timeout(answerWithinMs)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

function viewOf({ id, eventType, outTradeNo, outRefundNo, state, tries }: Queued): NoticeView {
  return { id, eventType, outTradeNo, outRefundNo, state, tries };
}
