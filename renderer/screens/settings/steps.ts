import type { DraftView, KeySlot, SetupStep } from "#contract/ipc/setup-view.ts";
import type { TypedField } from "#core/merchant/merchant-fields.ts";

/** The steps in their order, and what is entered in each. */
export const steps: readonly SetupStep[] = ["merchant", "merchant-key", "gateway-key", "protocol", "test"];

export const fieldsOf: Readonly<Record<SetupStep, readonly TypedField[]>> = {
  merchant: ["mchid", "appid", "storeId", "storeOutId", "subMchid", "subAppid", "notifyUrl"],
  "merchant-key": ["certSerial"],
  "gateway-key": ["publicKeyId"],
  protocol: ["baseUrl"],
  test: [],
};

const slotsOf: Readonly<Record<SetupStep, readonly KeySlot[]>> = {
  merchant: [],
  "merchant-key": ["private-key", "certificate"],
  "gateway-key": ["public-key", "api-v3-key"],
  protocol: ["v2-key"],
  test: [],
};

/** Whether nothing in this step is missing or wrong. The last has nothing of its own. */
export function isStepGood(step: SetupStep, draft: DraftView): boolean {
  if (step === "test") return draft.isComplete;
  const keys = draft.keys.filter(({ slot }) => slotsOf[step].includes(slot));
  return (
    fieldsOf[step].every((field) => draft.fieldProblems[field] === undefined) &&
    keys.every(({ problem, isNeeded }) => problem === null || !isNeeded)
  );
}
