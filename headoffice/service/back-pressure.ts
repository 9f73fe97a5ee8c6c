import { getHeapStatistics } from "node:v8";
import underPressure from "@fastify/under-pressure";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { faultOf, sendFault } from "./faults.ts";
import { mostWireBytes } from "./limits.ts";

/**
 * Requests under way in one instance. Most ask or bring little and wait for the disk, all of them for the same flush: the
 * more there are, the more of them one flush answers.
 */
const mostUnderWay = 256;
/** Of their bodies as announced: those may be large, and each is held as a whole. */
const mostBytesUnderWay = 64 * mostWireBytes;
/** When a turn of the event loop takes this long, more work only makes everybody wait. Milliseconds. */
const mostLoopDelayMs = 2_000;
const betweenLooksMs = 500;
/** Beyond this share of what V8 may use, collecting garbage takes all the time there is. */
const mostHeapShare = 0.85;

/** Turns requests away with 503 and `Retry-After` before they cost anything, when taking them would end in nobody served. */
export async function refuseWhenBusy(scope: FastifyInstance): Promise<void> {
  const loop = watchLoop();
  let [underWay, bytesUnderWay] = [0, 0];
  scope.addHook("onClose", async () => loop.stop());
  scope.addHook("onRequest", async (request, reply) => {
    if (underWay >= mostUnderWay) return sendFault(reply, faultOf("busy", `${underWay} requests are under way`));
    const bytes = announcedBytes(request);
    if (bytesUnderWay + bytes > mostBytesUnderWay) {
      return sendFault(reply, faultOf("busy", `requests of ${bytesUnderWay} bytes are under way`));
    }
    if (loop.delayMs() > mostLoopDelayMs) return sendFault(reply, faultOf("busy", "the event loop is late"));
    [underWay, bytesUnderWay] = [underWay + 1, bytesUnderWay + bytes];
    // However it ends: answered, broken off by the till, or timed out.
    reply.raw.once("close", () => {
      [underWay, bytesUnderWay] = [underWay - 1, bytesUnderWay - bytes];
    });
  });
  await scope.register(underPressure, {
    maxHeapUsedBytes: Math.floor(getHeapStatistics().heap_size_limit * mostHeapShare),
    pressureHandler: (_request, reply) => {
      sendFault(reply, faultOf("busy", "the memory is nearly used up"));
    },
  });
}

/** As much as there may be where a body is announced without its length; more than there may be is refused later. */
function announcedBytes({ headers }: FastifyRequest): number {
  if (headers["transfer-encoding"] !== undefined) return mostWireBytes;
  return Math.min(mostWireBytes, Number(headers["content-length"] ?? 0));
}

/**
 * By how much the last two looks were late, both of them: one long turn is over and gone. under-pressure's own measure takes a moment without samples for an endless delay and
 * then refuses everything for a second.
 */
function watchLoop(): { delayMs(): number; stop(): void } {
  let dueAtMs = performance.now() + betweenLooksMs;
  let [last, before] = [0, 0];
  const timer = setInterval(() => {
    [last, before] = [performance.now() - dueAtMs, last];
    dueAtMs = performance.now() + betweenLooksMs;
  }, betweenLooksMs);
  timer.unref();
  return { delayMs: () => Math.min(last, before), stop: () => clearInterval(timer) };
}
