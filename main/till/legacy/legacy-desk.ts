import type { RequestHeader } from "#contract/nexo/header.ts";
import type { NexoBody } from "#contract/nexo/responses.ts";
import type { TillContext } from "#main/till/context.ts";
import type { LegacyDesk, LegacyPeer } from "#main/till/ports/legacy-desk.ts";
import { tellOfDisk } from "#main/till/storage-fault.ts";
import { abortLegacy } from "./aborting.ts";
import { diagnose, statusOf } from "./asking-legacy.ts";
import { timeText } from "./payment-answers.ts";
import { displayLegacy, printLegacy } from "./printing-legacy.ts";
import { readRequest, type Request } from "./reading-requests.ts";
import { reverseLegacy } from "./reversing.ts";
import { takeLegacyPayment } from "./taking-payments.ts";
import { answerText, eventText, failure, refusalBody } from "./wording-answers.ts";

/** Of a header that could not be read. */
const nobody = { ServiceID: "0", SaleID: "unknown", POIID: "unknown" };

/** Answers old tills. It runs on the till's own thread, one request after the other between two waits. */
export function createLegacyDesk(till: TillContext): LegacyDesk {
  return {
    async answer(requestText, from) {
      const read = readRequest(requestText);
      if (read.kind === "unreadable") return reject(nobody, read.why, requestText);
      const { header } = read;
      const closed = whyClosed();
      if (closed === null && read.kind === "request") return answerRequest(header, read.request, from);
      const category = read.kind === "request" ? read.request.category : read.category;
      const why = closed ?? (read.kind === "bad-body" ? read.why : "");
      // An event where a category has no answer of its own.
      if (category === null || category === "Abort") return reject(header, why, requestText);
      const condition = closed === null ? "MessageFormat" : "UnavailableService";
      return answerText(header, refusalBody(category, failure(condition, why)));
    },
  };

  /** Not even a status is told: books of training know nothing of what the till has taken, and would say so. */
  function whyClosed(): string | null {
    const { isTraining, config } = till.deps;
    // What training takes is nobody's money, and an old till would hand over goods for it.
    if (isTraining === true) return "the till is in training";
    return config.legacy === undefined ? "old tills are not taken here" : null;
  }

  function reject(header: Pick<RequestHeader, "ServiceID" | "SaleID" | "POIID">, details: string, rejected: string) {
    return eventText(header, { EventToNotify: "Reject", details, rejected }, now());
  }

  async function answerRequest(header: RequestHeader, request: Request, from: LegacyPeer): Promise<string> {
    try {
      if (request.category === "Abort") return eventText(header, abortLegacy(till, header, request.body), now());
      return answerText(header, await bodyFor(till, header, request, from));
    } catch (cause) {
      // Nothing was begun, or what was begun is on disk and has its own answer: the old till asks for the status.
      till.deps.logFault(`old till's ${request.category}`, cause);
      tellOfDisk(till, cause);
      if (request.category === "Abort") return reject(header, "the till has a fault", "");
      return answerText(header, refusalBody(request.category, failure("UnavailableService", "the till has a fault")));
    }
  }

  function now(): string {
    return timeText(till, till.deps.clock.now());
  }
}

function bodyFor(
  till: TillContext,
  header: RequestHeader,
  request: Exclude<Request, { category: "Abort" }>,
  from: LegacyPeer,
): NexoBody | Promise<NexoBody> {
  switch (request.category) {
    case "Payment":
      return takeLegacyPayment(till, header, request.body, from);
    case "Reversal":
      return reverseLegacy(till, header, request.body, from);
    case "TransactionStatus":
      return statusOf(till, header, request.body);
    case "Print":
      return printLegacy(till, request.body);
    case "Display":
      return displayLegacy(till, request.body);
    case "Diagnosis":
      return diagnose(till);
  }
}
