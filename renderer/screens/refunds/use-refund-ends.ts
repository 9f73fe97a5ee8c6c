import { useFromSection } from "../../till-client.ts";

/** Changes whenever main tells by a notice that a refund has ended or is stuck: time to read refunds again. */
export function useRefundEnds(): string {
  return useFromSection("notices", (notices) =>
    notices
      .filter(({ kind }) => kind === "refund-ended" || kind === "refund-stuck")
      .map(({ id }) => id)
      .join(" "),
  );
}
