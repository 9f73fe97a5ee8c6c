import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import type { WeighingView } from "#contract/ipc/weighing-view.ts";
import { send, useSection } from "../../till-client.ts";
import { OnTheScale } from "./OnTheScale.tsx";
import { TareEntry } from "./TareEntry.tsx";
import { TypedWeight } from "./TypedWeight.tsx";
import type { WeighingFace } from "./WeighFrame.tsx";

/** The item that waits for its weight; main opens and closes it. */
export function WeighDialog() {
  const weighing = useSection("weighing");
  return weighing === null ? null : <Weighing weighing={weighing} />;
}

function Weighing({ weighing }: { readonly weighing: WeighingView }) {
  const [chosen, setChosen] = useState<WeighingFace | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [typed, setTyped] = useState("");
  const hasScale = weighing.tray !== "none" && weighing.tray !== "away";
  const step = {
    ...{ weighing, hasScale, fault, typed, setTyped },
    choose(face: WeighingFace | null) {
      setFault(null);
      setChosen(face);
    },
    async tell<N extends IntentName>(intent: N, args: IntentArgs<N>) {
      const result = await send(intent, args);
      setFault(result.ok ? null : result.fault);
    },
    leave: () => void send("leave-weighing", {}),
  };
  switch (chosen ?? (hasScale ? "scale" : "typing")) {
    case "scale":
      return <OnTheScale {...step} />;
    case "typing":
      return <TypedWeight {...step} />;
    case "tare":
      return <TareEntry {...step} />;
  }
}
