import type { NexoBody, PaymentResponse } from "#contract/nexo/responses.ts";
import { amountText } from "#core/nexo/amount.ts";
import type { NotDone } from "#core/nexo/payment-end.ts";
import { localIso } from "#core/sale/business-date.ts";
import { assert } from "#core/result.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { TillContext } from "#main/till/context.ts";
import type { LegacySession } from "#main/till/ports/legacy-store.ts";
import { failure, success } from "./wording-answers.ts";

/** The answer to a payment: whose it is, and how it ended. The same facts give the same answer, at any time. */
export function paidBody(till: TillContext, session: LegacySession, attempt: Attempt): NexoBody {
  const { paid, outTradeNo, amountFen } = attempt;
  assert(paid !== null, "a paid attempt has the gateway's facts");
  const { config, store } = till.deps;
  const saleNumber = store.saleNumberOf(session.saleId);
  const facts = { ...(saleNumber === null ? {} : { saleNumber }), outTradeNo };
  return {
    PaymentResponse: {
      Response: success(facts),
      ...identityOf(till, session),
      PaymentResult: {
        PaymentType: "Normal",
        PaymentInstrumentData: {
          PaymentInstrumentType: "Mobile",
          AlternativePaymentInstrument: { PaymentBrand: "WeChatPay" },
        },
        AmountsResp: { Currency: "CNY", AuthorizedAmount: Number(amountText(amountFen)) },
        OnlineFlag: true,
        PaymentAcquirerData: {
          MerchantID: config.wechatPay?.mchid ?? "",
          AcquirerPOIID: config.terminalId,
          AcquirerTransactionID: { TransactionID: paid.transactionId, TimeStamp: paid.successTime },
        },
      },
    },
  };
}

export function notPaidBody(till: TillContext, session: LegacySession, condition: NotDone, why: string): NexoBody {
  return { PaymentResponse: { Response: failure(condition, why), ...identityOf(till, session) } };
}

/** Nobody knows yet. Never stored: the end will be. */
export function inProgressBody(till: TillContext, session: LegacySession): NexoBody {
  const response = failure("InProgress", "not known yet: ask for the status, and hand over no goods");
  if (session.category === "Reversal") return { ReversalResponse: { Response: response } };
  return { PaymentResponse: { Response: response, ...identityOf(till, session) } };
}

function identityOf(till: TillContext, session: LegacySession): Pick<PaymentResponse, "SaleData" | "POIData"> {
  const { transactionId, transactionAt, saleId, begunAtMs } = session;
  return {
    SaleData: { SaleTransactionID: { TransactionID: transactionId, TimeStamp: transactionAt } },
    POIData: { POITransactionID: { TransactionID: saleId, TimeStamp: timeText(till, begunAtMs) } },
  };
}

export function timeText({ deps }: TillContext, ms: number): string {
  return localIso(ms, deps.config.store.utcOffsetMinutes);
}
