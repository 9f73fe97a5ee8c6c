import { errorNumbers, refusal, type Answer } from "../answer.ts";

/** No such order, or not yet: may pass right after paying. */
export function resourceNotExists(): Answer {
  return refusal(404, "RESOURCE_NOT_EXISTS", "订单号不存在", { errorNumber: errorNumbers.notFound });
}

/** The merchant's account does not hold enough to give back. */
export function merchantShortOfMoney(): Answer {
  return refusal(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起");
}

export function refundNotPossible(message: string): Answer {
  return refusal(400, "INVALID_REQUEST", message);
}
