import { useCallback, useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ImageFolderStanding } from "#contract/ipc/item-image-intents.ts";
import { send } from "../../../till-client.ts";

/** A bar that moves four times a second is alive. */
const askEveryMs = 250;

type Step = "image-folder-choose" | "image-folder-apply" | "image-folder-cancel" | "image-folder-discard";

export interface FolderWork {
  readonly standing: ImageFolderStanding;
  readonly fault: IntentFault | null;
  readonly step: (intent: Step) => Promise<void>;
}

/** Where the folder stands, as main has it; asked for again and again while it is looked through. */
export function useImageFolder(): FolderWork {
  const [standing, setStanding] = useState<ImageFolderStanding>({ kind: "none" });
  const [fault, setFault] = useState<IntentFault | null>(null);
  const isRunning = standing.kind === "looking" || standing.kind === "applying";
  useEffect(() => {
    let isOpen = true;
    const ask = (): void =>
      void send("image-folder-standing", {}).then((answer) => {
        if (isOpen && answer.ok) setStanding(answer.value);
      });
    ask();
    const timer = isRunning ? window.setInterval(ask, askEveryMs) : undefined;
    return () => {
      isOpen = false;
      window.clearInterval(timer);
    };
  }, [isRunning]);
  const step = useCallback(async (intent: Step): Promise<void> => {
    const answer = await send(intent, {});
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) setStanding(answer.value);
  }, []);
  return { standing, fault, step };
}
