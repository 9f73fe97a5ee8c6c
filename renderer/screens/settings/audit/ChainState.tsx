import { IconAlertOctagonFilled, IconLink, IconLoader2 } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { VerifyJournalResult } from "#contract/worker/audit-messages.ts";
import { send } from "../../../till-client.ts";
import { useAuditText } from "./audit-texts.ts";

/** How far the journal is proved to be as it was written; checked on while the page is open. */
export function ChainState() {
  const text = useAuditText();
  const state = useChain();
  if (state === "failed") return <p className="audit-chain">{text("chain.failed")}</p>;
  if (state === null) return null;
  const { through, total, broken } = state;
  if (broken !== null) {
    return (
      <p className="audit-chain audit-chain-broken" role="alert" data-testid="chain" data-state="broken">
        <IconAlertOctagonFilled size={22} aria-hidden />
        <span>
          <strong>{text("chain.broken", { seq: broken.seq })}</strong> {text("chain.broken.next")}
        </span>
      </p>
    );
  }
  const isDone = through >= total;
  return (
    <p className="audit-chain figures" role="status" data-testid="chain" data-state={isDone ? "good" : "checking"}>
      {isDone ? <IconLink size={20} aria-hidden /> : <IconLoader2 size={20} aria-hidden />}
      {isDone ? text("chain.good", { total }) : text("chain.checking", { done: through, total })}
    </p>
  );
}

function useChain(): VerifyJournalResult | "failed" | null {
  const [state, setState] = useState<VerifyJournalResult | "failed" | null>(null);
  useEffect(() => {
    let isOpen = true;
    const check = async (): Promise<void> => {
      for (;;) {
        const answer = await send("audit-verify", {});
        if (!isOpen) return;
        setState(answer.ok ? answer.value : "failed");
        if (!answer.ok || answer.value.broken !== null || answer.value.through >= answer.value.total) return;
      }
    };
    void check();
    return () => {
      isOpen = false;
    };
  }, []);
  return state;
}
