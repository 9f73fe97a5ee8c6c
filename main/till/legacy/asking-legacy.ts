import type { RequestHeader } from "#contract/nexo/header.ts";
import type { TransactionStatusRequest } from "#contract/nexo/requests.ts";
import type { DiagnosisResponse, NexoBody, TransactionStatusResponse } from "#contract/nexo/responses.ts";
import type { TillContext } from "#main/till/context.ts";
import { isBegun } from "#main/till/drafts.ts";
import { isGatewayAway, lookOnce } from "#main/till/gateway-watch.ts";
import { takesWechat } from "#main/till/payment-state.ts";
import type { LegacySession } from "#main/till/ports/legacy-store.ts";
import { hasPrinter } from "#main/till/view/status-view.ts";
import { failure, success } from "./wording-answers.ts";

/**
 * What became of a payment or a reversal: read from the disk, so it is the truth after any crash of either side. `NotFound`
 * says that nothing was begun under that ServiceID, and nothing will be.
 */
export function statusOf(till: TillContext, header: RequestHeader, body: TransactionStatusRequest): NexoBody {
  const session = sessionAskedFor(till, header, body);
  return { TransactionStatusResponse: session === null ? notFound() : statusOfSession(session) };
}

function sessionAskedFor(
  { deps }: TillContext,
  { SaleID }: RequestHeader,
  { MessageReference }: TransactionStatusRequest,
): LegacySession | null {
  if (MessageReference === undefined) return deps.store.lastLegacy(SaleID);
  const session = deps.store.legacyByService(MessageReference.SaleID ?? SaleID, MessageReference.ServiceID, 0);
  const { MessageCategory } = MessageReference;
  return MessageCategory === undefined || session?.category === MessageCategory ? session : null;
}

const notFound = (): TransactionStatusResponse => ({ Response: failure("NotFound", "nothing was begun under it") });

function statusOfSession(session: LegacySession): TransactionStatusResponse {
  const { category, serviceId, saleSystem, poiId, end } = session;
  const ids = { ServiceID: serviceId, SaleID: saleSystem, POIID: poiId };
  const MessageReference = { MessageCategory: category, ...ids };
  if (end === null) return { Response: failure("InProgress", "not known yet"), MessageReference };
  return {
    Response: success(),
    MessageReference,
    RepeatedMessageResponse: {
      MessageHeader: {
        ...{ ProtocolVersion: "3.0", MessageClass: "Service", MessageCategory: category, MessageType: "Response" },
        ...ids,
      },
      // Written by this till's own hand, with the schema's own type.
      RepeatedResponseMessageBody: JSON.parse(end.answer) as NonNullable<
        TransactionStatusResponse["RepeatedMessageResponse"]
      >["RepeatedResponseMessageBody"],
    },
  };
}

/** Whether a payment could begin now, and what stands in its way. */
export function diagnose(till: TillContext): NexoBody {
  const { deps, state } = till;
  const isAway = isGatewayAway(till);
  if (isAway) lookOnce(till);
  const isOpen = state.cashier !== null && !state.isLocked && state.shift !== null;
  const isBusy = isBegun(state.draft) || (state.payment !== null && state.payment.done === null);
  const isReachable = takesWechat(deps) && state.gateway.state !== "offline";
  const status: DiagnosisResponse["POIStatus"] = {
    GlobalStatus: !isReachable ? "Unreachable" : !isOpen ? "Maintenance" : isBusy ? "Busy" : "OK",
    ...(hasPrinter(till) ? { PrinterStatus: printerStatus(till) } : {}),
    CommunicationOKFlag: isReachable,
  };
  const facts = {
    openPayments: String(deps.attempts?.unfinished().length ?? 0),
    printsWaiting: String(deps.receipts.status().waiting),
  };
  return {
    DiagnosisResponse: {
      Response: success(facts),
      POIStatus: status,
      HostStatus: [{ AcquirerID: "WeChatPay", IsReachableFlag: isReachable }],
    },
  };
}

function printerStatus({
  deps,
}: TillContext): NonNullable<NonNullable<DiagnosisResponse["POIStatus"]>["PrinterStatus"]> {
  const { trouble } = deps.receipts.status();
  if (trouble === null) return "OK";
  return trouble === "paper-out" ? "NoPaper" : "OutOfOrder";
}
