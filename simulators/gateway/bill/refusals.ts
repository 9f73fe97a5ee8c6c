import { refusal, type Answer } from "../answer.ts";

/** A legal day without trade; the till must tell it from a day whose takings are missing. */
export function noStatement(): Answer {
  return refusal(400, "NO_STATEMENT_EXIST", "请求的账单文件不存在");
}

export function statementCreating(): Answer {
  return refusal(400, "STATEMENT_CREATING", "账单生成中，请稍后再试");
}

export function badBillDate(message: string): Answer {
  return refusal(400, "INVALID_REQUEST", message);
}
