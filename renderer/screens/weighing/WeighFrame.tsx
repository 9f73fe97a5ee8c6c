import "./weighing.css";
import type { ReactNode } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import type { WeighingView } from "#contract/ipc/weighing-view.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { localName, useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import type { KeyHandler } from "../../till/keys.ts";

export type WeighingFace = "scale" | "typing" | "tare";

/** What each face of the weighing dialog is given. */
export interface WeighingStep {
  readonly weighing: WeighingView;
  readonly hasScale: boolean;
  /** What the last intent met. */
  readonly fault: IntentFault | null;
  /** The weight typed so far; it survives a look at the tare. */
  readonly typed: string;
  readonly setTyped: (text: string) => void;
  readonly tell: <N extends IntentName>(intent: N, args: IntentArgs<N>) => Promise<void>;
  /** Another face; null is the one that fits the scale. */
  readonly choose: (face: WeighingFace | null) => void;
  readonly leave: () => void;
}

/** The dialog around a face: what is weighed, at which price, and what did not work. */
export function WeighFrame(props: {
  readonly step: WeighingStep;
  readonly onClose: () => void;
  readonly onEnter: () => void;
  readonly onKey?: KeyHandler;
  readonly children: ReactNode;
}) {
  const { step, onClose, onEnter, onKey, children } = props;
  const { weighing, fault } = step;
  const text = useTillText();
  const locale = useLocale();
  const place = useClockPlace();
  return (
    <Dialog
      title={text("weigh.title", { name: localName(weighing, locale) })}
      size="wide"
      testId="weigh"
      onClose={onClose}
      onEnter={onEnter}
      {...(onKey && { onKey })}
    >
      {fault !== null && <TroubleNote text={faultText(fault, text, place)} />}
      {children}
    </Dialog>
  );
}
