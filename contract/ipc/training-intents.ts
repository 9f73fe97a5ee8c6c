import { z } from "zod";

const approvalPin = z.string().regex(/^\d{4,8}$/);

/** Training: the same till on books of its own. Both end with a new start of the till. */
export const trainingSchemas = {
  "enter-training": z.strictObject({ approvalPin }),
  "leave-training": z.strictObject({ approvalPin }),
} as const;

export type PlainTrainingFault =
  /** The disk did not take training's copy; the till is as it was. */
  | "training-not-made"
  | "training-not-left"
  /** What does not go together with training, or outside of it. */
  | "not-in-training"
  /** The drawer stays shut in training. */
  | "drawer-off-training";
